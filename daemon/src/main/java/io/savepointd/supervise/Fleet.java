package io.savepointd.supervise;

import io.savepointd.model.JobName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * All lanes, by job. Any thread may ask for one; lanes come and go by one thread at a time. A job
 * never has two: while a dismissed lane is still in its last turn, no other takes its place.
 */
public final class Fleet implements AutoCloseable {
  private final Map<JobName, LaneThread> lanes;
  private final Map<JobName, LaneThread> leaving = new ConcurrentHashMap<>();

  /** Takes the lanes, not yet started. */
  public Fleet(Map<JobName, LaneThread> lanes) {
    this.lanes = new ConcurrentSkipListMap<>(lanes);
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

  /**
   * Adds a job's lane and starts it.
   *
   * @throws IllegalStateException if the job has one, or its last one hasn't ended
   */
  public void add(JobName job, LaneThread lane) {
    if (lanes.containsKey(job) || leaving.containsKey(job)) {
      throw new IllegalStateException("job " + job + " has a lane already");
    }
    lanes.put(job, lane);
    lane.start();
  }

  /** The job is no longer to be kept; its lane ends after its present turn. Returns at once. */
  public void dismiss(JobName job) {
    LaneThread lane = lanes.get(job);
    if (lane != null) {
      leaving.put(job, lane);
      lanes.remove(job);
      lane.dismiss();
    }
  }

  /** The jobs whose dismissed lanes haven't ended after so much time for each of them. */
  public List<JobName> awaitDismissed(Duration patience) {
    leaving.values().removeIf(lane -> lane.awaitEnd(patience));
    return leaving.keySet().stream().sorted().toList();
  }

  /**
   * All at the same time: many slow ones take no longer than one, which the stop's bound covers.
   */
  @Override
  public void close() {
    List<LaneThread> all =
        Stream.concat(lanes.values().stream(), leaving.values().stream()).toList();
    // None begins another turn while others are waited for.
    all.forEach(thread -> thread.lane().close(Parting.DAEMON_STOPS));
    CompletableFuture.allOf(
            all.stream()
                .map(thread -> CompletableFuture.runAsync(thread::close, Fleet::onAThreadOfItsOwn))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static void onAThreadOfItsOwn(Runnable closing) {
    Thread thread = new Thread(closing, "fleet-closing");
    thread.setDaemon(true);
    thread.start();
  }
}
