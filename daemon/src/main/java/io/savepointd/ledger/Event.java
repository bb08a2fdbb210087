package io.savepointd.ledger;

import io.savepointd.model.CheckpointHome;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

  /** An event in the life of a run. */
  sealed interface OfRun extends OfJob {
    /** The run. */
    RunId run();
  }

  /** An event about a trigger and what comes of it. */
  sealed interface OfTrigger extends OfJob {
    /** The trigger. */
    TriggerId trigger();
  }

  /** An event in the later life of a savepoint. */
  sealed interface OfSavepoint extends OfJob {
    /** The savepoint. */
    SavepointId savepoint();
  }

  /** What is laid down about the job itself; the newest of each kind is all that counts. */
  sealed interface Order extends OfJob {}

  /**
   * Intent: the run is about to be submitted. The same run id may be intended again: a resend.
   *
   * @param dropState whether a person has allowed, for this start alone, that state which the
   *     program has no place for is dropped
   */
  record RunIntended(
      Instant at, JobName job, RunId run, Origin origin, Launch launch, boolean dropState)
      implements OfRun {
    /** As an older savepointd wrote it. */
    public RunIntended(
        Instant at,
        JobName job,
        RunId run,
        ClusterName cluster,
        Origin origin,
        String jarDigest,
        List<String> args,
        OptionalInt parallelism) {
      this(at, job, run, origin, Launch.older(cluster, jarDigest, args, parallelism), false);
    }

    /** Where it is submitted. */
    public ClusterName cluster() {
      return launch.cluster();
    }
  }

  /** Outcome: all tasks run, and the cluster says that they started from the origin asked for. */
  record RunStarted(Instant at, JobName job, RunId run) implements OfRun {}

  /** Outcome: the cluster definitely never ran it. */
  record RunNotStarted(Instant at, JobName job, RunId run, String reason) implements OfRun {}

  /**
   * A run found on the cluster under the job's name was taken over.
   *
   * @param origin what the cluster says it was restored from, {@link Origin.Adopted} if nothing
   */
  record RunAdopted(Instant at, JobName job, RunId run, ClusterName cluster, Origin origin)
      implements OfRun {}

  /**
   * The run has completed a first checkpoint of its own (savepoints don't count). Written again
   * where what it tells becomes known later.
   *
   * @param home where the run's checkpoints lie; empty if that isn't known
   */
  record RunCheckpointed(Instant at, JobName job, RunId run, Optional<CheckpointHome> home)
      implements OfRun {
    /** As an older savepointd wrote it. */
    public RunCheckpointed(Instant at, JobName job, RunId run) {
      this(at, job, run, Optional.empty());
    }
  }

  /** Intent: the run is about to be cancelled. */
  record CancelIntended(Instant at, JobName job, RunId run, String reason) implements OfRun {}

  /** Outcome: the run is over. */
  record RunEnded(Instant at, JobName job, RunId run, RunEnd end, String reason) implements OfRun {}

  /** Intent: a savepoint is about to be asked for. */
  record SavepointIntended(
      Instant at,
      JobName job,
      RunId run,
      TriggerId trigger,
      String directory,
      SavepointFormat format,
      Occasion occasion)
      implements OfTrigger {}

  /**
   * Outcome: complete and verified. May follow a {@link SavepointFailed}, where it came late.
   *
   * @param outside directories beyond its own in which files lie that it needs
   */
  record SavepointRetained(
      Instant at,
      JobName job,
      TriggerId trigger,
      String path,
      long bytes,
      int files,
      List<String> outside)
      implements OfTrigger {
    /** Copies the directories. */
    public SavepointRetained {
      outside = List.copyOf(outside);
    }

    /** With everything it needs in its own directory. */
    public SavepointRetained(
        Instant at, JobName job, TriggerId trigger, String path, long bytes, int files) {
      this(at, job, trigger, path, bytes, files, List.of());
    }
  }

  /**
   * A savepoint that was made by hand, or known to a ledger that was lost, was verified and taken
   * in.
   *
   * @param takenAt when its metadata was written
   */
  record SavepointAdopted(
      Instant at,
      JobName job,
      SavepointId savepoint,
      String path,
      Instant takenAt,
      SavepointFormat format,
      long bytes,
      int files,
      List<String> outside)
      implements OfSavepoint {
    /** Copies the directories. */
    public SavepointAdopted {
      outside = List.copyOf(outside);
    }
  }

  /** A person wants it kept, whatever retention says. */
  record SavepointPinned(Instant at, JobName job, SavepointId savepoint) implements OfSavepoint {}

  /** A person leaves it to retention again. */
  record SavepointUnpinned(Instant at, JobName job, SavepointId savepoint) implements OfSavepoint {}

  /** It was found damaged or missing: it stays where it is and is never used. */
  record SavepointQuarantined(Instant at, JobName job, SavepointId savepoint, String reason)
      implements OfSavepoint {}

  /** A quarantined one was proved good again. */
  record SavepointCleared(Instant at, JobName job, SavepointId savepoint) implements OfSavepoint {}

  /** Outcome: no savepoint came of the trigger; its directory becomes a leftover. */
  record SavepointFailed(Instant at, JobName job, TriggerId trigger, String reason)
      implements OfTrigger {}

  /** Intent: retention has condemned the savepoint; it is about to be deleted. */
  record SavepointExpired(Instant at, JobName job, SavepointId savepoint, String reason)
      implements OfSavepoint {}

  /** Outcome: nothing of the savepoint is left on storage. */
  record SavepointDeleted(Instant at, JobName job, SavepointId savepoint) implements OfSavepoint {}

  /** Intent: what a failed trigger has left in its directory is about to be deleted. */
  record LeftoverExpired(Instant at, JobName job, TriggerId trigger) implements OfTrigger {}

  /** Outcome: nothing is left in a failed trigger's directory. */
  record LeftoverDeleted(Instant at, JobName job, TriggerId trigger) implements OfTrigger {}

  /** A person wants the job stopped, and to stay so. */
  record StopWanted(Instant at, JobName job) implements Order {}

  /**
   * The job is to run again, as its configuration says.
   *
   * @param reason a person's command, or why a stop was given up
   */
  record StartWanted(Instant at, JobName job, String reason) implements Order {}

  /**
   * Intent: the run is to be stopped with a savepoint and the job to go on from there with another
   * launch, or with the old one if it doesn't take that savepoint.
   *
   * @param run the run in whose place another is to come
   * @param launch what that is to be started with
   * @param dropState whether a person has allowed that state which it has no place for is dropped
   */
  record UpgradeIntended(Instant at, JobName job, RunId run, Launch launch, boolean dropState)
      implements Order {}

  /** The new launch is no good: the job is to go back to the old one, from the same savepoint. */
  record UpgradeGivenUp(Instant at, JobName job, String reason) implements Order {}

  /**
   * Outcome: the upgrade is over.
   *
   * @param applied whether the job runs by the new launch now
   * @param words what has become of it, for people
   */
  record UpgradeOver(Instant at, JobName job, boolean applied, String words) implements Order {}

  /** The job is not to be started by itself any more, until a person releases it. */
  record JobHeld(Instant at, JobName job, String reason) implements Order {}

  /** A person has released the job: what happened before is forgiven. */
  record JobReleased(Instant at, JobName job) implements Order {}
}
