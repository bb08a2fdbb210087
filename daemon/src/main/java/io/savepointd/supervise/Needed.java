package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.SavepointStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rule 6: which savepoints must not go whatever retention says, and why. */
final class Needed {
  private final SavepointStore store;

  Needed(SavepointStore store) {
    this.store = store;
  }

  /**
   * Of one job's savepoints those that somebody or something stands on.
   *
   * @param all every job's history: runs of other jobs may have been restored from them too
   * @param wanted what a person wants to start from at the moment
   */
  Map<SavepointId, String> of(
      JobHistory history, Collection<JobHistory> all, Optional<String> wanted) {
    List<Run> standing =
        all.stream().flatMap(h -> h.runs().stream()).filter(Needed::stands).toList();
    List<Use> uses =
        all.stream()
            .flatMap(h -> h.savepoints().stream())
            .filter(s -> s.state() != Savepoint.State.DELETED)
            .map(Use::of)
            .toList();
    Map<SavepointId, String> needed = new HashMap<>();
    for (Savepoint savepoint : history.savepoints()) {
      if (savepoint.state() != Savepoint.State.DELETED) {
        why(savepoint, standing, uses, wanted)
            .ifPresent(reason -> needed.put(savepoint.id(), reason));
      }
    }
    history
        .orders()
        .upgrade()
        .flatMap(upgrade -> upgrade.savepoint(history))
        .ifPresent(s -> needed.put(s.id(), "an upgrade goes on from it, or back to it"));
    lastHope(history).ifPresent(id -> needed.putIfAbsent(id, "no other is left that may be good"));
    return needed;
  }

  /**
   * What was condemned while there were better ones, which have all turned out damaged since: its
   * deletion waits until there is one again.
   */
  private static Optional<SavepointId> lastHope(JobHistory history) {
    return history.retained().isEmpty()
        ? history.expired().stream()
            .max(Comparator.comparing(Savepoint::takenAt))
            .map(Savepoint::id)
        : Optional.empty();
  }

  /**
   * What goes is the whole directory that was made for the savepoint, so that whatever lies in it
   * counts. One server may have several names: said too often here is only the safer.
   */
  private Optional<String> why(
      Savepoint savepoint, List<Run> standing, List<Use> uses, Optional<String> wanted) {
    if (savepoint.pinned()) {
      return Optional.of("pinned");
    }
    String own = store.directoryOf(savepoint.job(), new TriggerId(savepoint.id().value()));
    if (!Paths.within(own, savepoint.path())) {
      return Optional.of("made by hand, its directory is not savepointd's to delete");
    }
    if (wanted.filter(path -> Paths.maybeWithin(own, path)).isPresent()) {
      return Optional.of("a start from it is asked for");
    }
    return standing.stream()
        .filter(r -> Paths.maybeWithin(own, ((Origin.Restored) r.origin()).path()))
        .findFirst()
        .map(r -> "run " + r.id() + " stands on it")
        .or(() -> usedBy(savepoint.id(), Paths.place(own) + "/", uses));
  }

  private static Optional<String> usedBy(SavepointId id, String inside, List<Use> uses) {
    for (Use use : uses) {
      if (use.by().equals(id)) {
        continue;
      }
      if (use.place().startsWith(inside)) {
        return Optional.of("savepoint " + use.by() + " lies in its directory");
      }
      if (use.outside().stream().anyMatch(d -> d.startsWith(inside))) {
        return Optional.of("savepoint " + use.by() + " needs its files");
      }
    }
    return Optional.empty();
  }

  /** Where a savepoint lies and what it needs; worked out once, since each is held against all. */
  private record Use(SavepointId by, String place, List<String> outside) {
    static Use of(Savepoint s) {
      return new Use(
          s.id(),
          Paths.place(s.path()),
          s.outside().stream().map(d -> Paths.place(d) + "/").toList());
    }
  }

  /** Until a run has a checkpoint of its own it would be brought back from its origin. */
  private static boolean stands(Run run) {
    return run.open() && !run.checkpointed() && run.origin() instanceof Origin.Restored;
  }
}
