package io.savepointd.flink;

/** Puts a savepoint where a test wants it, when a {@link FakeFlinkCluster} completes one. */
@FunctionalInterface
public interface SavepointWriter {
  /**
   * Writes a savepoint under a trigger's target directory.
   *
   * @return the savepoint's own directory, fully qualified
   */
  String write(String directory);
}
