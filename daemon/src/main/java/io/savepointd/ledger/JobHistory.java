package io.savepointd.ledger;

import io.savepointd.model.JobName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.Trigger;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the ledger says of one job; never changes.
 *
 * @param runs oldest first
 * @param savepoints oldest first by the time they were taken
 * @param openTriggers those without an outcome, oldest first
 * @param leftovers failed triggers whose directories aren't known to be gone, oldest first
 * @param lastIntended when a savepoint was last asked for, for each occasion
 */
public record JobHistory(
    JobName job,
    List<Run> runs,
    List<Savepoint> savepoints,
    List<Trigger> openTriggers,
    List<Leftover> leftovers,
    Map<Occasion, Instant> lastIntended,
    Orders orders) {

  /** Copies the collections. */
  public JobHistory {
    runs = List.copyOf(runs);
    savepoints = List.copyOf(savepoints);
    openTriggers = List.copyOf(openTriggers);
    leftovers = List.copyOf(leftovers);
    lastIntended = Map.copyOf(lastIntended);
  }

  /** A job that the ledger has never heard of. */
  public static JobHistory none(JobName job) {
    return new JobHistory(job, List.of(), List.of(), List.of(), List.of(), Map.of(), Orders.NONE);
  }

  /** The run that may still be alive; there is never more than one. */
  public Optional<Run> openRun() {
    return runs.stream().filter(Run::open).reduce((first, second) -> second);
  }

  /** The run with that id. */
  public Optional<Run> run(RunId id) {
    return runs.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /** The savepoint with that id, whatever has become of it. */
  public Optional<Savepoint> savepoint(SavepointId id) {
    return savepoints.stream().filter(s -> s.id().equals(id)).findFirst();
  }

  /**
   * When the next savepoint is to say that it was asked for: now, unless the clock has been set
   * back. Savepoints are told apart as older and newer by this alone, so that the newest must never
   * look older than one before it.
   */
  public Instant afterAllAskedFor(Instant now) {
    return Stream.of(
            savepoints.stream()
                .filter(s -> !(s.occasion() instanceof Occasion.Adopted)) // by another's clock
                .map(Savepoint::takenAt),
            openTriggers.stream().map(Trigger::intendedAt),
            leftovers.stream().map(leftover -> leftover.trigger().intendedAt()))
        .flatMap(times -> times)
        .map(time -> time.plusMillis(1))
        .filter(now::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  /** Retained savepoints, newest first. */
  public List<Savepoint> retained() {
    return savepoints.stream()
        .filter(s -> s.state() == Savepoint.State.RETAINED)
        .sorted(Comparator.comparing(Savepoint::takenAt).reversed())
        .toList();
  }

  /** Savepoints whose deletion was begun and has no outcome yet. */
  public List<Savepoint> expired() {
    return savepoints.stream().filter(s -> s.state() == Savepoint.State.EXPIRED).toList();
  }

  /** Savepoints that were found damaged or missing. */
  public List<Savepoint> quarantined() {
    return savepoints.stream().filter(s -> s.state() == Savepoint.State.QUARANTINED).toList();
  }

  /**
   * Whether the job may ever have had state: any run the cluster may have taken, or any savepoint.
   * A submission that definitely never ran doesn't count.
   */
  public boolean mayHaveState() {
    return !savepoints.isEmpty()
        || !openTriggers.isEmpty()
        || !leftovers.isEmpty()
        || runs.stream().anyMatch(r -> !(r.phase() instanceof Run.Phase.NotStarted));
  }

  JobHistory withRuns(List<Run> next) {
    return new JobHistory(job, next, savepoints, openTriggers, leftovers, lastIntended, orders);
  }

  JobHistory withSavepoints(List<Savepoint> next) {
    return new JobHistory(job, runs, next, openTriggers, leftovers, lastIntended, orders);
  }

  JobHistory withTriggers(List<Trigger> next) {
    return new JobHistory(job, runs, savepoints, next, leftovers, lastIntended, orders);
  }

  JobHistory withLeftovers(List<Leftover> next) {
    return new JobHistory(job, runs, savepoints, openTriggers, next, lastIntended, orders);
  }

  JobHistory withLastIntended(Map<Occasion, Instant> next) {
    return new JobHistory(job, runs, savepoints, openTriggers, leftovers, next, orders);
  }

  JobHistory withOrders(Orders next) {
    return new JobHistory(job, runs, savepoints, openTriggers, leftovers, lastIntended, next);
  }
}
