package io.savepointd.supervise;

import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Run;
import java.util.Optional;

/** What {@code restore.from = latest-state} can hope for with the way Flink keeps checkpoints. */
public final class KeptCheckpoints {
  private KeptCheckpoints() {}

  /** Why the checkpoints of such a run may not be found when they are needed, and what helps. */
  public static Optional<String> trouble(Run run) {
    if (!run.checkpointed()) {
      return Optional.empty();
    }
    if (run.checkpoints().isEmpty()) {
      return Optional.of(
          "restore.from = latest-state finds no checkpoints of run "
              + run.id()
              + ": Flink names no directory of its own for them; execution.checkpointing.dir in"
              + " flink-configuration gives it one");
    }
    return run.checkpoints()
        .map(CheckpointHome::retention)
        .filter(retention -> retention != CheckpointRetention.ALWAYS)
        .map(retention -> deleted(run, retention));
  }

  private static String deleted(Run run, CheckpointRetention retention) {
    return "restore.from = latest-state finds the checkpoints of run "
        + run.id()
        + " only if its cluster dies"
        + (retention == CheckpointRetention.ON_FAILURE ? " or it fails" : "")
        + ", since Flink deletes them otherwise: "
        + CheckpointRetention.SETTING
        + " in flink-configuration keeps them";
  }
}
