package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.SupervisionSettings.Restore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds what a run could be started from, and remembers it for a moment. What was found for a
 * person's demand is never handed out for another, let alone for a start by itself.
 */
final class RestorePointSearch {
  /** A restore point that was no good is looked at again after this. */
  private static final Duration AGE = Duration.ofSeconds(5);

  private final JobName job;
  private final Supplier<Restore> restore;
  private final SavepointStore store;
  private final Clock clock;
  private final CheckpointSearch checkpoints;
  private final Supplier<JobHistory> history;
  private RestorePoint found = new RestorePoint.NotLooked();
  private Optional<Demand.Start> foundFor = Optional.empty();
  private Instant foundAt = Instant.MIN;

  /**
   * Looks on {@code store}.
   *
   * @param patience how long a checkpoint may look damaged before it counts as that
   */
  RestorePointSearch(
      JobName job,
      Supplier<Restore> restore,
      SavepointStore store,
      Clock clock,
      Duration patience,
      Supplier<JobHistory> history) {
    this.job = job;
    this.restore = restore;
    this.store = store;
    this.clock = clock;
    this.checkpoints = new CheckpointSearch(store, this::walkBack, new Doubt(clock, patience));
    this.history = history;
  }

  /** What was found for {@code start} a moment ago, if anything was. */
  RestorePoint latest(Optional<Demand.Start> start) {
    Instant now = clock.instant();
    boolean old = now.isAfter(foundAt.plus(AGE)) || now.isBefore(foundAt); // the clock was set back
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
    foundAt = clock.instant();
  }

  private Optional<Run> lastStarted() {
    return history.get().runs().stream()
        .filter(r -> r.startedAt().isPresent())
        .reduce((first, second) -> second);
  }

  private boolean leftNothing(Optional<Run> run) {
    return run.isPresent()
        && history.get().retained().stream().noneMatch(s -> s.takenFrom(run.get().id()));
  }

  private int walkBack() {
    return restore.get().walkBack();
  }

  /** The path a person has named, else the newest state; verified on storage now. */
  RestorePoint find(Optional<Demand.Start> start) {
    Optional<String> named =
        start
            .map(Demand.Start::from)
            .filter(Demand.From.Path.class::isInstance)
            .map(f -> ((Demand.From.Path) f).path());
    try {
      if (named.isPresent()) {
        return look(named.get());
      }
      CheckpointSearch.Result newer =
          restore.get().from() == SupervisionSettings.From.LATEST_STATE
              ? checkpoints.look(history.get(), isByItself(start))
              : CheckpointSearch.Result.savepoints(0);
      if (newer.point().isPresent()) {
        return newer.point().get();
      }
      List<Savepoint> retained = history.get().retained();
      if (retained.isEmpty()) {
        List<Savepoint> damaged = history.get().quarantined();
        return damaged.isEmpty()
            ? new RestorePoint.None(store.anythingUnder(job))
            : passedOver(damaged, "no other is retained");
      }
      return byDefault(isByItself(start), retained, newer.passed());
    } catch (StorageUnavailable e) {
      return new RestorePoint.Unknown(e.getMessage());
    }
  }

  private static boolean isByItself(Optional<Demand.Start> start) {
    return start.map(Demand.Start::from).filter(f -> !(f instanceof Demand.From.Usual)).isEmpty();
  }

  /**
   * The newest; but a start by itself doesn't undo what a person has decided: a run that was
   * restored from an older one, and has left none of its own, is restored from that again.
   */
  private RestorePoint byDefault(boolean byItself, List<Savepoint> retained, int passed)
      throws StorageUnavailable {
    Savepoint newest = retained.get(0);
    Optional<Run> last = lastStarted();
    if (byItself && leftNothing(last)) {
      Run run = last.orElseThrow();
      if (run.origin() instanceof Origin.Empty) {
        return new RestorePoint.Bad(
            newest.path(), "run " + run.id() + " was started after it without state, on demand");
      }
      if (run.origin() instanceof Origin.Restored from
          && !Paths.same(from.path(), newest.path())
          && newest.takenAt().isBefore(run.intendedAt())) {
        List<Savepoint> ofTheRun =
            history.get().quarantined().stream().filter(s -> s.takenFrom(run.id())).toList();
        if (ofTheRun.size() > walkBack()) {
          return passedOver(ofTheRun, "the job was rolled back before it, to " + from.path());
        }
        Optional<Savepoint> origin = onLedger(from.path());
        if (origin.filter(s -> s.state() == Savepoint.State.RETAINED).isPresent()) {
          return look(from.path());
        }
        if (origin.filter(s -> s.takenAt().isBefore(newest.takenAt())).isPresent()) {
          return new RestorePoint.Bad(
              from.path(),
              "the job was rolled back to it and it is no longer good; newer ones are kept");
        }
      }
    }
    List<Savepoint> newer =
        history.get().quarantined().stream()
            .filter(s -> s.takenAt().isAfter(newest.takenAt()))
            .toList();
    return passed + newer.size() > walkBack() && !newer.isEmpty()
        ? passedOver(newer, "the next older one is " + newest.path() + " of " + newest.takenAt())
        : look(newest.path());
  }

  /** More damaged ones than may be passed over. */
  private RestorePoint passedOver(List<Savepoint> damaged, String rest) {
    int most = walkBack();
    String policy = most == 0 ? "newest-only" : "walk-back " + most;
    return new RestorePoint.Bad(
        damaged.get(damaged.size() - 1).path(),
        "it is quarantined and restore.fallback = " + policy + "; " + rest);
  }

  private RestorePoint look(String path) throws StorageUnavailable {
    Optional<Savepoint> outOfUse =
        onLedger(path).filter(s -> s.state() == Savepoint.State.QUARANTINED);
    if (outOfUse.isPresent()) {
      // It may have been quarantined for bytes that only a deep look finds.
      return new RestorePoint.Bad(
          path,
          "it is quarantined; `savepointd verify "
              + outOfUse.get().id()
              + "` takes it back if every byte of it is good");
    }
    Optional<String> fault = store.verify(path).fault();
    if (fault.isEmpty()) {
      return new RestorePoint.Good(path);
    }
    return onLedger(path)
        .filter(s -> s.state() == Savepoint.State.RETAINED)
        .<RestorePoint>map(s -> new RestorePoint.Damaged(s, fault.get()))
        .orElseGet(() -> new RestorePoint.Bad(path, fault.get()));
  }

  private Optional<Savepoint> onLedger(String path) {
    return history.get().savepoints().stream()
        .filter(s -> Paths.same(s.path(), path))
        .filter(s -> s.state() != Savepoint.State.DELETED)
        .findFirst();
  }
}
