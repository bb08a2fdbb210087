package io.savepointd.supervise;

import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a run could be started from, and remembers it for a moment. What was found for a
 * person's demand is never handed out for another, let alone for a start by itself.
 */
final class RestorePointSearch {
  /** A restore point that was no good is looked at again after this. */
  private static final Duration AGE = Duration.ofSeconds(5);

  private final JobName job;
  private final World world;
  private final Journal journal;
  private RestorePoint found = new RestorePoint.NotLooked();
  private Optional<Demand.Start> foundFor = Optional.empty();
  private Instant foundAt = Instant.MIN;

  RestorePointSearch(JobName job, World world, Journal journal) {
    this.job = job;
    this.world = world;
    this.journal = journal;
  }

  /** What was found for {@code start} a moment ago, if anything was. */
  RestorePoint latest(Optional<Demand.Start> start) {
    boolean old = world.clock().instant().isAfter(foundAt.plus(AGE));
    return old || !foundFor.equals(start) ? new RestorePoint.NotLooked() : found;
  }

  /** Something has happened that may have changed it. */
  void forget() {
    found = new RestorePoint.NotLooked();
  }

  /** Looks now. */
  void look(Optional<Demand.Start> start) {
    found = find(start);
    foundFor = start;
    foundAt = world.clock().instant();
  }

  /**
   * The newest; but a start by itself doesn't undo what a person has decided: a run that was
   * restored from an older one, and has left none of its own, is restored from that again.
   */
  private String byDefault(
      Optional<Demand.Start> start, List<Savepoint> retained, Optional<Run> last) {
    if (start.isEmpty()
        && leftNothing(last)
        && last.orElseThrow().origin() instanceof Origin.Restored from
        && retained.stream().anyMatch(s -> RunEffects.samePath(s.path(), from.path()))) {
      return from.path();
    }
    return retained.get(0).path();
  }

  private Optional<Run> lastStarted() {
    return journal.history().runs().stream()
        .filter(r -> r.startedAt().isPresent())
        .reduce((first, second) -> second);
  }

  private boolean leftNothing(Optional<Run> run) {
    return run.isPresent()
        && journal.history().retained().stream().noneMatch(s -> s.takenFrom(run.get().id()));
  }

  private static boolean startedEmpty(Optional<Run> run) {
    return run.filter(r -> r.origin() instanceof Origin.Empty).isPresent();
  }

  /** The path a person has named, else the newest retained savepoint; verified on storage now. */
  private RestorePoint find(Optional<Demand.Start> start) {
    Optional<String> named =
        start
            .map(Demand.Start::from)
            .filter(Demand.From.Path.class::isInstance)
            .map(f -> ((Demand.From.Path) f).path());
    List<Savepoint> retained = journal.history().retained();
    try {
      if (named.isEmpty() && retained.isEmpty()) {
        return new RestorePoint.None(world.store().anythingUnder(job));
      }
      Optional<Run> last = lastStarted();
      if (named.isEmpty() && start.isEmpty() && leftNothing(last) && startedEmpty(last)) {
        return new RestorePoint.Bad(
            retained.get(0).path(),
            "run " + last.orElseThrow().id() + " was started after it without state, on demand");
      }
      String path = named.orElseGet(() -> byDefault(start, retained, last));
      Verification verified = world.store().verify(path);
      if (verified instanceof Verification.Damaged damaged) {
        return new RestorePoint.Bad(path, damaged.reason());
      }
      return verified instanceof Verification.Missing missing
          ? new RestorePoint.Bad(path, missing.reason())
          : new RestorePoint.Good(path);
    } catch (StorageUnavailable e) {
      return new RestorePoint.Unknown(e.getMessage());
    }
  }
}
