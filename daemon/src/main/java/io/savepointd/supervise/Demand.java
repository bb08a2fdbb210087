package io.savepointd.supervise;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Occasion;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.storage.Verification;
import java.time.Instant;

/** Something a job's lane is asked for from outside: by a schedule or by a person. */
public sealed interface Demand {
  /** Take a savepoint of the running job. */
  record Savepoint(Occasion occasion, SavepointFormat format) implements Demand {}

  /**
   * Start the job now, whatever its restart policy and backoff say.
   *
   * @param replace whether a run that is alive is to be cancelled first; without it, that refuses
   */
  record Start(From from, boolean replace) implements Demand {}

  /** What a demanded start is to begin from. */
  sealed interface From {
    /** The newest retained savepoint, or with latest-state a newer checkpoint. */
    record Latest() implements From {}

    /** What the job would be started from by itself. */
    record Usual() implements From {}

    /**
     * A certain savepoint, verified first.
     *
     * @param path a fully qualified URI
     */
    record Path(String path) implements From {}

    /** No state at all; only a person says this. */
    record Nothing() implements From {}
  }

  /**
   * Let the job go on as the configuration says, from a savepoint of its stop, or go on as it was.
   *
   * @param dropState whether state that the new program has no place for may be dropped
   */
  record Upgrade(boolean dropState) implements Demand {}

  /**
   * Let the job go on as it runs, but on another cluster, from a savepoint of its stop.
   *
   * @param olderFlink whether that may run an older Flink, which can hardly read the savepoint
   */
  record Move(ClusterName to, boolean olderFlink) implements Demand {}

  /** Stop the job with a savepoint; it stays stopped until a start is demanded. */
  record Stop() implements Demand {}

  /** Lift the hold on the job, and forget the deaths before. */
  record Release() implements Demand {}

  /** Let retention run now. */
  record Prune() implements Demand {}

  /** Something about a savepoint itself. */
  sealed interface Care extends Demand {}

  /** Keep it whatever retention says, or leave it to retention again. */
  record Pin(SavepointId savepoint, boolean on) implements Care {}

  /** It was looked at and found no good: take it out of use. */
  record Quarantine(SavepointId savepoint, String reason) implements Care {}

  /** A quarantined one was looked at and found good. */
  record Clear(SavepointId savepoint) implements Care {}

  /**
   * Take in a savepoint that the ledger doesn't know; it has been verified.
   *
   * @param path a fully qualified URI
   * @param takenAt when its metadata was written
   */
  record Adopt(String path, Instant takenAt, SavepointFormat format, Verification.Good verified)
      implements Care {}

  /** Delete once more what is on storage of a savepoint that the ledger calls deleted. */
  record DeleteAgain(SavepointId savepoint) implements Care {}
}
