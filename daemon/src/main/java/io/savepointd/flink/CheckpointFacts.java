package io.savepointd.flink;

import java.util.List;
import java.util.Optional;

/**
 * A run's checkpoint statistics.
 *
 * @param checkpointed whether this run has completed a checkpoint of its own ({@code
 *     latest.completed}, which counts no savepoints)
 * @param completed where the newest of these lies ({@code latest.completed.external_path})
 * @param restoredFrom {@code latest.restored.external_path}: what the run says it started from
 * @param savepoints paths of the savepoints that the history tells to be complete
 * @param savepointUnderWay whether the history tells of a savepoint still being written
 * @param written how far the newest of these has come, where the cluster says so
 */
public record CheckpointFacts(
    boolean checkpointed,
    Optional<String> completed,
    Optional<String> restoredFrom,
    List<String> savepoints,
    boolean savepointUnderWay,
    Optional<Written> written) {

  /** How many of a run's subtasks have written their part of a savepoint. */
  public record Written(int subtasks, int of) {}

  /** Of a run that has none of all this. */
  static final CheckpointFacts NONE =
      new CheckpointFacts(false, Optional.empty(), List.of(), false);

  /** Where nothing is known of where checkpoints lie, or of how far a savepoint has come. */
  public CheckpointFacts(
      boolean checkpointed,
      Optional<String> restoredFrom,
      List<String> savepoints,
      boolean savepointUnderWay) {
    this(
        checkpointed,
        Optional.empty(),
        restoredFrom,
        savepoints,
        savepointUnderWay,
        Optional.empty());
  }

  /** Copies the paths. */
  public CheckpointFacts {
    savepoints = List.copyOf(savepoints);
  }
}
