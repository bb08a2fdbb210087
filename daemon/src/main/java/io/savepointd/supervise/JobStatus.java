package io.savepointd.supervise;

import io.savepointd.model.JobName;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a job stands, for people and programs that ask.
 *
 * @param detail one line that says why, and what happens next
 * @param since when it came into this state
 */
public record JobStatus(
    JobName job, State state, String detail, Optional<RunId> run, Instant since) {

  /** The states a job can be in, as {@code status} shows them in lower case. */
  public enum State {
    /** Every task of its run is running. */
    RUNNING,
    /** A run was submitted, or Flink is bringing it back; not all tasks are running. */
    STARTING,
    /** Its run is being cancelled by us. */
    CANCELLING,
    /** Its run is being stopped with a savepoint, on demand. */
    STOPPING,
    /** It is down and waits for its next try. */
    BACKOFF,
    /** It is down and stays so: its restart policy says so. */
    ENDED,
    /** It is down and stays so: a person has stopped it. */
    STOPPED,
    /** It is down, and starting it by itself could lose something: a person has to decide. */
    HELD,
    /** The cluster or the storage doesn't answer. */
    UNREACHABLE,
    /** Not looked at yet. */
    UNKNOWN
  }
}
