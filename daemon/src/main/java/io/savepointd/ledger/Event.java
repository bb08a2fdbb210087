package io.savepointd.ledger;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * One line of the ledger: an intent (written before the effect) or an outcome. {@code at} is the
 * writer's clock.
 */
public sealed interface Event {
  /** When it was written. */
  Instant at();

  /** The first line of every segment: who writes it. */
  record Opened(Instant at, Owner owner) implements Event {}

  /** A sign of life from an owner with nothing else to say. */
  record Heartbeat(Instant at) implements Event {}

  /** The last line of a segment whose owner let go of it in order. */
  record Closed(Instant at) implements Event {}

  /** An event that concerns one job. */
  sealed interface OfJob extends Event {
    /** The job. */
    JobName job();
  }

  /** Intent: the run is about to be submitted. The same run id may be intended again: a resend. */
  record RunIntended(
      Instant at,
      JobName job,
      RunId run,
      ClusterName cluster,
      Origin origin,
      String jarDigest,
      List<String> args,
      OptionalInt parallelism)
      implements OfJob {
    /** Copies the arguments. */
    public RunIntended {
      args = List.copyOf(args);
    }
  }

  /** Outcome: all tasks run, and the cluster says that they started from the origin asked for. */
  record RunStarted(Instant at, JobName job, RunId run) implements OfJob {}

  /** Outcome: the cluster definitely never ran it. */
  record RunNotStarted(Instant at, JobName job, RunId run, String reason) implements OfJob {}

  /**
   * A run found on the cluster under the job's name was taken over.
   *
   * @param origin what the cluster says it was restored from, {@link Origin.Adopted} if nothing
   */
  record RunAdopted(Instant at, JobName job, RunId run, ClusterName cluster, Origin origin)
      implements OfJob {}

  /** The run has completed a first checkpoint of its own (savepoints don't count). */
  record RunCheckpointed(Instant at, JobName job, RunId run) implements OfJob {}

  /** Intent: the run is about to be cancelled. */
  record CancelIntended(Instant at, JobName job, RunId run, String reason) implements OfJob {}

  /** Outcome: the run is over. */
  record RunEnded(Instant at, JobName job, RunId run, RunEnd end, String reason) implements OfJob {}

  /** Intent: a savepoint is about to be asked for. */
  record SavepointIntended(
      Instant at,
      JobName job,
      RunId run,
      TriggerId trigger,
      String directory,
      SavepointFormat format,
      Occasion occasion)
      implements OfJob {}

  /** Outcome: complete and verified. */
  record SavepointRetained(
      Instant at, JobName job, TriggerId trigger, String path, long bytes, int files)
      implements OfJob {}

  /** Outcome: no savepoint came of the trigger. */
  record SavepointFailed(Instant at, JobName job, TriggerId trigger, String reason)
      implements OfJob {}

  /** Intent: retention has condemned the savepoint; it is about to be deleted. */
  record SavepointExpired(Instant at, JobName job, SavepointId savepoint, String reason)
      implements OfJob {}

  /** Outcome: nothing of the savepoint is left on storage. */
  record SavepointDeleted(Instant at, JobName job, SavepointId savepoint) implements OfJob {}
}
