package io.savepointd.model;

import java.time.Instant;

/**
 * A savepoint that was once complete, verified and on the ledger.
 *
 * @param path its directory, a fully qualified URI
 * @param takenAt when it was asked for, so never later than the state in it
 * @param bytes what it takes on storage
 */
public record Savepoint(
    SavepointId id,
    JobName job,
    RunId run,
    Occasion occasion,
    SavepointFormat format,
    String path,
    Instant takenAt,
    long bytes,
    State state) {

  /** What has become of it. */
  public enum State {
    /** Complete, verified and to be kept. */
    RETAINED,
    /** Condemned by retention; its deletion is under way. */
    EXPIRED,
    /** Gone from storage. */
    DELETED
  }

  /** The same savepoint in another state. */
  public Savepoint in(State next) {
    return new Savepoint(id, job, run, occasion, format, path, takenAt, bytes, next);
  }
}
