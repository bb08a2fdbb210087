package io.savepointd.supervise;

import java.time.Duration;

/**
 * How a job is kept alive.
 *
 * @param backoff how long to wait before the next start of a job that keeps dying
 * @param startTimeout how long a submitted run may take until all its tasks are running before it
 *     is reported as slow; it is never given up for that alone
 * @param savepointTimeout how long a trigger's outcome is waited for; must be longer than the job's
 *     own checkpoint timeout
 */
public record SupervisionSettings(
    Restart restart,
    EmptyStart emptyStart,
    Backoff backoff,
    boolean allowNonRestoredState,
    Duration startTimeout,
    Duration savepointTimeout) {

  /** After which ends a job is started again. */
  public enum Restart {
    /** After any end. */
    ALWAYS,
    /** After any but FINISHED. */
    ON_FAILURE,
    /** Only by command. */
    NEVER
  }

  /** When a job may start without state by itself. */
  public enum EmptyStart {
    /** If neither the ledger nor the storage knows anything of it. */
    FIRST_TIME,
    /** Never: a person has to say so. */
    NEVER
  }

  /**
   * Waiting before a restart. The first early death in a row is answered at once, the second after
   * {@code initial}, each further one after twice as long as the one before, up to {@code max}.
   *
   * @param resetAfter a run that has lived this long clears the count
   */
  public record Backoff(Duration initial, Duration max, Duration resetAfter) {}
}
