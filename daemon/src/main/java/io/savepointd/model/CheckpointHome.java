package io.savepointd.model;

/**
 * Where a run's checkpoints lie.
 *
 * @param directory the one that holds its {@code chk-N}, a fully qualified URI that ends with the
 *     run's id
 * @param retention how long Flink keeps them
 */
public record CheckpointHome(String directory, CheckpointRetention retention) {

  /** Where the checkpoints of another run lie, if nothing has been configured anew since. */
  public CheckpointHome of(RunId other) {
    return new CheckpointHome(
        directory.substring(0, directory.lastIndexOf('/') + 1) + other, retention);
  }
}
