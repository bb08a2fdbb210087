package io.savepointd.supervise;

import io.savepointd.model.JobName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All lanes, by job. */
public final class Fleet implements AutoCloseable {
  private final Map<JobName, LaneThread> lanes;

  /** Takes the lanes, not yet started. */
  public Fleet(Map<JobName, LaneThread> lanes) {
    this.lanes = new TreeMap<>(lanes);
  }

  /** Starts every lane. */
  public void start() {
    lanes.values().forEach(LaneThread::start);
  }

  /** The lane of a job that the configuration names. */
  public Optional<Lane> lane(JobName job) {
    return Optional.ofNullable(lanes.get(job)).map(LaneThread::lane);
  }

  /** The jobs, by name. */
  public Collection<JobName> jobs() {
    return List.copyOf(lanes.keySet());
  }

  /** What each lane is at, by job. */
  public Map<JobName, Progress> progress() {
    Map<JobName, Progress> progress = new TreeMap<>();
    lanes.forEach((job, thread) -> progress.put(job, thread.lane().progress()));
    return progress;
  }

  /** No lane takes anything new on; what is under way goes on until they are closed. */
  public void windDown() {
    lanes.values().forEach(thread -> thread.lane().windDown());
  }

  @Override
  public void close() {
    lanes.values().parallelStream().forEach(LaneThread::close);
  }
}
