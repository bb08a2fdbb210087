package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.model.Trigger;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for the savepoint of a trigger whose outcome nobody has told: in the run's checkpoint
 * history, then in the trigger's own target directory. Only what is verified counts as found.
 */
final class SavepointSearch {
  private final Keeping keeping;

  SavepointSearch(Keeping keeping) {
    this.keeping = keeping;
  }

  /** What the search has shown. */
  sealed interface Result {}

  /** A good one. */
  record Found(String path, Verification.Good good) implements Result {}

  /** The run is writing a savepoint at the moment: it may be this one. */
  record UnderWay() implements Result {}

  /** Nothing good is there. */
  record Nothing() implements Result {}

  /** The storage can't tell. */
  record Unknown(String reason) implements Result {}

  Result look(Trigger trigger) {
    Optional<CheckpointFacts> facts = history(trigger);
    Set<String> candidates = new LinkedHashSet<>();
    facts.ifPresent(
        f ->
            f.savepoints().stream()
                .filter(path -> Paths.within(trigger.directory(), path))
                .forEach(candidates::add));
    try {
      candidates.addAll(keeping.store().savepointsIn(trigger.directory()));
      for (String path : candidates) {
        if (keeping.store().verify(path) instanceof Verification.Good good) {
          return new Found(path, good);
        }
      }
    } catch (StorageUnavailable e) {
      return new Unknown(e.getMessage());
    }
    return facts.filter(CheckpointFacts::savepointUnderWay).isPresent()
        ? new UnderWay()
        : new Nothing();
  }

  /** The cluster may be down or have forgotten; the directory is looked at all the same. */
  private Optional<CheckpointFacts> history(Trigger trigger) {
    try {
      return keeping.clusterOf(trigger.run()).checkpoints(trigger.run());
    } catch (ClusterUnavailable e) {
      return Optional.empty();
    }
  }
}
