package io.savepointd.flink;

import java.util.List;
import java.util.Optional;

/**
 * A run's checkpoint statistics.
 *
 * @param checkpointed whether this run has completed a checkpoint of its own ({@code
 *     latest.completed}, which counts no savepoints)
 * @param restoredFrom {@code latest.restored.external_path}: what the run says it started from
 * @param savepoints paths of the savepoints that the history tells to be complete
 * @param savepointUnderWay whether the history tells of a savepoint still being written
 */
public record CheckpointFacts(
    boolean checkpointed,
    Optional<String> restoredFrom,
    List<String> savepoints,
    boolean savepointUnderWay) {
  /** Of a run that has none of all this. */
  static final CheckpointFacts NONE =
      new CheckpointFacts(false, Optional.empty(), List.of(), false);

  /** Copies the paths. */
  public CheckpointFacts {
    savepoints = List.copyOf(savepoints);
  }
}
