package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The savepoints under one storage root, laid out as {@code <root>/<job>/<triggerId>/savepoint-…}.
 * Every call blocks; safe for several threads. Holds no stream open between calls.
 */
public interface SavepointStore extends AutoCloseable {
  /** The same store, which tells {@code onProgress} now and then while a call takes long. */
  default SavepointStore telling(Runnable onProgress) {
    return this;
  }

  /** The root, fully qualified, without a slash at its end. */
  String root();

  /**
   * The same path, its server named as the root's is if both are one: so that paths which come from
   * people and clusters can be compared with those of savepoints. Asks no server but DNS.
   */
  default String spelled(String path) {
    return path;
  }

  /** The target directory that belongs to one trigger alone. */
  String directoryOf(JobName job, TriggerId trigger);

  /**
   * Whether anything at all lies under the job's directory, so that state may exist even though the
   * ledger knows of none.
   */
  boolean anythingUnder(JobName job) throws StorageUnavailable;

  /**
   * The savepoint directories (complete or not) in a trigger's target directory; empty if there is
   * no such directory.
   */
  List<String> savepointsIn(String directory) throws StorageUnavailable;

  /**
   * The {@code chk-N} directories (complete or not) in the directory of a run's checkpoints; empty
   * if there is no such directory. Works for any path that {@link #verify} works for.
   */
  List<String> checkpointsIn(String directory) throws StorageUnavailable;

  /**
   * Proves a savepoint or a checkpoint good: its {@code _metadata} parses with Flink's own reader,
   * and every file that it refers to is there with the length it must have. Works for any path that
   * the file system of the root, or of the path itself, can read.
   */
  Verification verify(String path) throws StorageUnavailable;

  /**
   * As {@link #verify}, and reads every byte of every one of those files, so that HDFS compares
   * them with its checksums. Takes as long as the savepoint is large; ends early if its thread is
   * interrupted. Bytes that can't be had while a DataNode is down are unavailable, not damaged.
   */
  Verification verifyDeep(String path) throws StorageUnavailable;

  /**
   * When a savepoint's {@code _metadata} was last written, which is the end of its making; empty if
   * there is none.
   */
  Optional<Instant> writtenAt(String path) throws StorageUnavailable;

  /**
   * Everything that lies under the root, sorted by path: triggers' directories, tombstones, and
   * what is foreign there. Not the ledger, and no job's directory that is empty.
   */
  List<Stored> survey() throws StorageUnavailable;

  /**
   * Deletes a savepoint's trigger directory by renaming it to a tombstone under {@code
   * <root>/.savepointd/trash/} and deleting that. Harmless when repeated; returns once nothing is
   * left.
   *
   * @throws IllegalArgumentException if the path is not {@code <root>/<job>/<id>/savepoint-…}, in
   *     whatever spelling of the root's server: nothing outside a trigger's own directory is ever
   *     deleted
   */
  void delete(Savepoint savepoint) throws StorageUnavailable;

  /**
   * Deletes whatever lies in one trigger's own directory, such as a savepoint that was never
   * finished, in the same way and under the same guards. Harmless when repeated, or when there is
   * no such directory.
   *
   * @throws IllegalArgumentException if that is no plain directory
   */
  void deleteTrigger(JobName job, TriggerId trigger) throws StorageUnavailable;

  @Override
  void close();
}
