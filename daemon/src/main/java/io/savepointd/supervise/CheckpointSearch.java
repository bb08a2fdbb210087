package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Looks for a checkpoint that is newer than every retained savepoint. Runs are asked after from the
 * last one on, and the first that has left any state decides; between a run's own checkpoints and
 * savepoints its one counter of both does, so that no clock is asked. Decision 0043.
 */
final class CheckpointSearch {
  private final SavepointStore store;
  private final IntSupplier walkBack;
  private final Doubt doubt;

  /**
   * Looks on {@code store}.
   *
   * @param walkBack how many damaged ones may be passed over
   * @param doubt what is to be made of a damaged one
   */
  CheckpointSearch(SavepointStore store, IntSupplier walkBack, Doubt doubt) {
    this.store = store;
    this.walkBack = walkBack;
    this.doubt = doubt;
  }

  /**
   * What the search has come to.
   *
   * @param point empty if the savepoints alone decide
   * @param passed how many damaged checkpoints are newer than what the savepoints can offer
   */
  record Result(Optional<RestorePoint> point, int passed) {
    static Result of(RestorePoint point) {
      return new Result(Optional.of(point), 0);
    }

    static Result savepoints(int passed) {
      return new Result(Optional.empty(), passed);
    }
  }

  /** Looks now; {@code byItself} undoes nothing that a person has decided. */
  Result look(JobHistory history, boolean byItself) throws StorageUnavailable {
    List<Run> newestFirst = new ArrayList<>(history.runs());
    Collections.reverse(newestFirst);
    int passed = 0;
    for (Run run : newestFirst) {
      if (run.phase() instanceof Run.Phase.NotStarted || run.calledOff()) {
        continue;
      }
      Result own = ofRun(run, history, passed);
      if (own.point().isPresent() || newestOf(run, history).isPresent()) {
        return own;
      }
      passed = own.passed();
      if (byItself && run.startedAt().isPresent()) {
        return originOf(run, history, passed);
      }
    }
    return Result.savepoints(passed);
  }

  /** What the run has left itself, if that is a checkpoint. */
  private Result ofRun(Run run, JobHistory history, int passedBefore) throws StorageUnavailable {
    Optional<CheckpointHome> home = home(run, history);
    if (home.isEmpty() || !lasts(run, home.get().retention())) {
      return Result.savepoints(passedBefore);
    }
    Optional<Savepoint> savepoint = newestOf(run, history);
    Optional<Verification> lookAtIt = Optional.empty();
    int passed = passedBefore;
    for (CheckpointPath each : newestFirst(home.get())) {
      String path = each.directory() + "/chk-" + each.number();
      Verification look = store.verify(path);
      if (look instanceof Verification.Missing) {
        continue; // not complete yet, or no longer
      }
      if (savepoint.isPresent() && lookAtIt.isEmpty()) {
        lookAtIt = Optional.of(store.verify(savepoint.get().path()));
      }
      if (lookAtIt
          .filter(v -> v instanceof Verification.Good s && s.id() > each.number())
          .isPresent()) {
        return Result.savepoints(passed);
      }
      if (look.fault().isEmpty()) {
        return good(path, savepoint, lookAtIt, history, passed);
      }
      RestorePoint bad = doubt.about(path, look.fault().get(), policy());
      passed++;
      if (bad instanceof RestorePoint.Unknown || passed > walkBack.getAsInt()) {
        return Result.of(bad);
      }
    }
    return passed > passedBefore || !mustBeThere(run, savepoint)
        ? Result.savepoints(passed)
        : Result.of(lost(run, home.get()));
  }

  /** A good one, unless something newer than it is known. */
  private Result good(
      String path,
      Optional<Savepoint> savepoint,
      Optional<Verification> lookAtIt,
      JobHistory history,
      int passed)
      throws StorageUnavailable {
    // Of what is damaged or made by hand there is no number to compare, only the time.
    Instant written = store.writtenAt(path).orElse(Instant.MAX);
    if (adoptedAfter(written, history)) {
      return Result.savepoints(passed);
    }
    Optional<String> fault = lookAtIt.flatMap(Verification::fault);
    if (fault.isPresent() && savepoint.orElseThrow().takenAt().isAfter(written)) {
      return Result.of(new RestorePoint.Damaged(savepoint.orElseThrow(), fault.get()));
    }
    List<Savepoint> newer =
        history.quarantined().stream().filter(s -> s.takenAt().isAfter(written)).toList();
    return passed + newer.size() <= walkBack.getAsInt()
        ? Result.of(new RestorePoint.Good(path))
        : Result.of(
            new RestorePoint.Bad(
                newer.get(newer.size() - 1).path(),
                "it is quarantined" + policy() + "; the next older state is checkpoint " + path));
  }

  /** A run that has left nothing goes on from where it began, as with savepoints. */
  private Result originOf(Run run, JobHistory history, int passed) throws StorageUnavailable {
    long damaged = history.quarantined().stream().filter(s -> s.takenFrom(run.id())).count();
    if (passed + damaged > walkBack.getAsInt()
        || adoptedAfter(run.intendedAt(), history)
        || !(run.origin() instanceof Origin.Restored from)
        || CheckpointPath.of(from.path()).isEmpty()) {
      return Result.savepoints(passed);
    }
    Optional<String> fault = store.verify(from.path()).fault();
    return Result.of(
        fault.isEmpty()
            ? new RestorePoint.Good(from.path())
            : doubt.about(from.path(), fault.get(), "; run " + run.id() + " began from it"));
  }

  /** Highest number first, by the number as such. */
  private List<CheckpointPath> newestFirst(CheckpointHome home) throws StorageUnavailable {
    return store.checkpointsIn(home.directory()).stream()
        .flatMap(path -> CheckpointPath.of(path).stream())
        .sorted(Comparator.comparing(CheckpointPath::number).reversed())
        .toList();
  }

  /** Of a run that died before we heard of a checkpoint, those of another tell where to look. */
  private static Optional<CheckpointHome> home(Run run, JobHistory history) {
    return run.checkpoints()
        .or(
            () ->
                history.runs().stream()
                    .flatMap(r -> r.checkpoints().stream())
                    .reduce((first, second) -> second)
                    .map(other -> other.of(run.id())));
  }

  /** A run that is alive would be cancelled before another is started. */
  private static boolean lasts(Run run, CheckpointRetention retention) {
    return run.phase() instanceof Run.Phase.Ended ended
        ? retention.outlasts(ended.end())
        : retention == CheckpointRetention.ALWAYS;
  }

  /** Its stop, and nothing else, makes Flink delete them all. */
  private static boolean mustBeThere(Run run, Optional<Savepoint> newest) {
    return run.checkpointed()
        && run.checkpoints().filter(h -> h.retention() == CheckpointRetention.ALWAYS).isPresent()
        && newest.filter(s -> s.occasion() instanceof Occasion.Stopping).isEmpty();
  }

  private static RestorePoint lost(Run run, CheckpointHome home) {
    return new RestorePoint.Bad(
        home.directory(),
        "run "
            + run.id()
            + " had complete checkpoints there and Flink keeps them, but none is to be seen: they"
            + " are deleted, or on a file system that this machine doesn't share");
  }

  private static Optional<Savepoint> newestOf(Run run, JobHistory history) {
    return history.retained().stream().filter(s -> s.takenFrom(run.id())).findFirst();
  }

  /** Made by hand, and taken in. */
  private static boolean adoptedAfter(Instant time, JobHistory history) {
    return history.retained().stream()
        .anyMatch(s -> s.run().isEmpty() && s.takenAt().isAfter(time));
  }

  private String policy() {
    int most = walkBack.getAsInt();
    return "; restore.fallback = " + (most == 0 ? "newest-only" : "walk-back " + most);
  }
}
