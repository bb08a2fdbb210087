package io.savepointd.ledger;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A change of what a job is started with that is under way: the run is stopped with a savepoint,
 * the new launch is tried from it and, where that fails, the old one is started from it again.
 *
 * @param from the run in whose place another is to come
 * @param to what that is started with
 * @param dropState whether state that has no place there may be dropped
 * @param givenUp since when, and why, the job is on its way back to the old launch
 */
public record Upgrade(
    Instant at, RunId from, Launch to, boolean dropState, Optional<GivenUp> givenUp) {

  /** The new launch is no good. */
  public record GivenUp(Instant at, String reason) {}

  /**
   * What became of one.
   *
   * @param applied whether the job runs by the new launch
   */
  public record Result(Instant at, boolean applied, String words) {}

  Upgrade givenUp(GivenUp why) {
    return new Upgrade(at, from, to, dropState, Optional.of(why));
  }

  /** The savepoint that its stop has left, as long as it is good. */
  public Optional<Savepoint> savepoint(JobHistory history) {
    return history.retained().stream()
        .filter(s -> s.occasion() instanceof Occasion.Stopping && s.takenFrom(from))
        .filter(s -> !s.takenAt().isBefore(at))
        .findFirst();
  }

  /** Whether its stop has left a savepoint, or a try has been made from one. */
  public boolean stopped(JobHistory history) {
    return savepoint(history).isPresent() || attempt(history).isPresent();
  }

  /** Where the job is to go; empty if it stays on its cluster. */
  public Optional<ClusterName> movesTo(JobHistory history) {
    return history
        .run(from)
        .filter(run -> !run.cluster().equals(to.cluster()))
        .map(run -> to.cluster());
  }

  /** The newest try of the new launch; told by the order of runs, since clocks are set back. */
  public Optional<Run> attempt(JobHistory history) {
    List<Run> runs = history.runs();
    int since = runs.stream().map(Run::id).toList().indexOf(from);
    return runs.stream()
        .skip(since + 1)
        .filter(run -> run.launch().filter(to::same).isPresent())
        .reduce((first, second) -> second);
  }

  /** What the job goes back to. */
  public Optional<Launch> old(JobHistory history) {
    return history.run(from).flatMap(Run::launch).filter(Launch::kept);
  }
}
