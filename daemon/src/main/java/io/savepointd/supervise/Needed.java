package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.SavepointStore;
import java.util.Collection;
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
    List<Savepoint> others =
        all.stream()
            .flatMap(h -> h.savepoints().stream())
            .filter(s -> s.state() != Savepoint.State.DELETED && !s.outside().isEmpty())
            .toList();
    Map<SavepointId, String> needed = new HashMap<>();
    for (Savepoint savepoint : history.savepoints()) {
      if (savepoint.state() != Savepoint.State.DELETED) {
        why(savepoint, standing, others, wanted)
            .ifPresent(reason -> needed.put(savepoint.id(), reason));
      }
    }
    return needed;
  }

  private Optional<String> why(
      Savepoint savepoint, List<Run> standing, List<Savepoint> others, Optional<String> wanted) {
    if (savepoint.pinned()) {
      return Optional.of("pinned");
    }
    String own = store.directoryOf(savepoint.job(), new TriggerId(savepoint.id().value()));
    if (!Paths.within(own, savepoint.path())) {
      return Optional.of("made by hand, its directory is not savepointd's to delete");
    }
    if (wanted.filter(path -> Paths.same(path, savepoint.path())).isPresent()) {
      return Optional.of("a start from it is asked for");
    }
    return standing.stream()
        .filter(r -> Paths.same(((Origin.Restored) r.origin()).path(), savepoint.path()))
        .findFirst()
        .map(r -> "run " + r.id() + " stands on it")
        .or(
            () ->
                others.stream()
                    .filter(s -> !s.id().equals(savepoint.id()))
                    .filter(s -> s.outside().stream().anyMatch(d -> Paths.within(own, d + "/x")))
                    .findFirst()
                    .map(s -> "savepoint " + s.id() + " needs its files"));
  }

  /** Until a run has a checkpoint of its own it would be brought back from its origin. */
  private static boolean stands(Run run) {
    return run.open() && !run.checkpointed() && run.origin() instanceof Origin.Restored;
  }
}
