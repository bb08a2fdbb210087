package io.savepointd.supervise;

import java.time.Duration;
import java.util.Optional;

/**
 * How a job is kept alive.
 *
 * @param backoff how long to wait before the next start of a job that keeps dying
 * @param startTimeout how long a submitted run may take until all its tasks are running before it
 *     is reported as slow; it is never given up for that alone
 * @param savepointTimeout how long a trigger's outcome is waited for; where the run itself lets a
 *     checkpoint take longer, that counts
 * @param leftoverGrace how long what a failed savepoint has left on storage stays there
 * @param upgradeTimeout how long a run by a new launch may take from its submission to its first
 *     checkpoint; after that the old launch is gone back to
 * @param failover how long a run that an answering cluster doesn't show may yet be brought back by
 *     Flink itself; not at all if empty
 */
public record SupervisionSettings(
    Restart restart,
    EmptyStart emptyStart,
    Backoff backoff,
    CrashLoop crashLoop,
    Restore restore,
    Duration startTimeout,
    Duration savepointTimeout,
    Duration leftoverGrace,
    Duration upgradeTimeout,
    Optional<Duration> failover) {

  /** Settings for a cluster that brings nothing back by itself. */
  public SupervisionSettings(
      Restart restart,
      EmptyStart emptyStart,
      Backoff backoff,
      CrashLoop crashLoop,
      Restore restore,
      Duration startTimeout,
      Duration savepointTimeout,
      Duration leftoverGrace,
      Duration upgradeTimeout) {
    this(
        restart,
        emptyStart,
        backoff,
        crashLoop,
        restore,
        startTimeout,
        savepointTimeout,
        leftoverGrace,
        upgradeTimeout,
        Optional.empty());
  }

  /** The same, with that failover if it has none of its own. */
  public SupervisionSettings withFailover(Duration otherwise) {
    return new SupervisionSettings(
        restart,
        emptyStart,
        backoff,
        crashLoop,
        restore,
        startTimeout,
        savepointTimeout,
        leftoverGrace,
        upgradeTimeout,
        failover.or(() -> Optional.of(otherwise)));
  }

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

  /**
   * When a job is held until a person releases it: after so many deaths within such a time. What
   * isn't the job's fault, such as missing slots, doesn't count.
   */
  public record CrashLoop(int deaths, Duration within) {}

  /**
   * How a job is brought back.
   *
   * @param walkBack how many damaged savepoints may be passed over on the way to an older one; none
   *     means that only the newest is ever restored from
   * @param from what counts as newest
   */
  public record Restore(boolean allowNonRestoredState, int walkBack, From from) {
    /** From savepoints alone. */
    public Restore(boolean allowNonRestoredState, int walkBack) {
      this(allowNonRestoredState, walkBack, From.LATEST_SAVEPOINT);
    }
  }

  /** What a job is brought back from by itself. */
  public enum From {
    /** The newest retained savepoint. */
    LATEST_SAVEPOINT,
    /** That, or a newer checkpoint that Flink has left. */
    LATEST_STATE
  }
}
