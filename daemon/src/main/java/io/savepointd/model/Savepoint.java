package io.savepointd.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A savepoint that was once complete, verified and on the ledger.
 *
 * @param run the run it was taken from; empty for one that was made by hand and adopted
 * @param path its directory, a fully qualified URI
 * @param takenAt when it was asked for, so never later than the state in it
 * @param retainedAt when it was complete, verified and on the ledger
 * @param bytes what it takes on storage
 * @param pinned whether a person has said that it must stay
 * @param outside directories beyond its own in which files lie that it needs, fully qualified
 */
public record Savepoint(
    SavepointId id,
    JobName job,
    Optional<RunId> run,
    Occasion occasion,
    SavepointFormat format,
    String path,
    Instant takenAt,
    Instant retainedAt,
    long bytes,
    State state,
    boolean pinned,
    List<String> outside) {

  /** What has become of it. */
  public enum State {
    /** Complete, verified and to be kept. */
    RETAINED,
    /** Found damaged or missing later on: kept as it is, and never used. */
    QUARANTINED,
    /** Condemned by retention; its deletion is under way. */
    EXPIRED,
    /** Gone from storage. */
    DELETED
  }

  /** Copies the directories. */
  public Savepoint {
    outside = List.copyOf(outside);
  }

  /**
   * An ordinary one, taken from a run of ours in no time, with everything it needs in its own
   * directory.
   */
  public Savepoint(
      SavepointId id,
      JobName job,
      RunId run,
      Occasion occasion,
      SavepointFormat format,
      String path,
      Instant takenAt,
      long bytes,
      State state) {
    this(
        id,
        job,
        Optional.of(run),
        occasion,
        format,
        path,
        takenAt,
        takenAt,
        bytes,
        state,
        false,
        List.of());
  }

  /** The same savepoint in another state. */
  public Savepoint in(State next) {
    return new Savepoint(
        id, job, run, occasion, format, path, takenAt, retainedAt, bytes, next, pinned, outside);
  }

  /** The same savepoint, pinned or no longer so. */
  public Savepoint pinned(boolean on) {
    return new Savepoint(
        id, job, run, occasion, format, path, takenAt, retainedAt, bytes, state, on, outside);
  }

  /**
   * From when it was asked for until it was known to be good; empty for one that was made by hand.
   * Where nobody was there to take it in, that time is in it too.
   */
  public Optional<Duration> took() {
    Duration took = Duration.between(takenAt, retainedAt);
    return occasion instanceof Occasion.Adopted
        ? Optional.empty()
        : Optional.of(took.isNegative() ? Duration.ZERO : took); // the clock was set back
  }

  /** Whether it was taken from that run. */
  public boolean takenFrom(RunId other) {
    return run.filter(other::equals).isPresent();
  }
}
