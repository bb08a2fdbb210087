package io.savepointd.model;

/**
 * After which ends of a run Flink keeps its newest checkpoints ({@code
 * execution.checkpointing.externalized-checkpoint-retention}). It never keeps those of a run that
 * has finished, or was stopped with a savepoint (CheckpointProperties, seen).
 */
public enum CheckpointRetention {
  /** RETAIN_ON_CANCELLATION: after a failure and after a cancellation. */
  ALWAYS,
  /** DELETE_ON_CANCELLATION: after a failure only. */
  ON_FAILURE,
  /** NO_EXTERNALIZED_CHECKPOINTS: never, so that only those of a cluster that died are left. */
  NEVER;

  /** What makes Flink keep them. */
  public static final String SETTING =
      "execution.checkpointing.externalized-checkpoint-retention = RETAIN_ON_CANCELLATION";

  /** Whether they may be left, and stay, once the run has come to that end. */
  public boolean outlasts(RunEnd end) {
    return switch (end) {
      case FINISHED -> false;
      case CANCELED -> this == ALWAYS;
      case FAILED -> this != NEVER;
      case GONE -> true;
    };
  }
}
