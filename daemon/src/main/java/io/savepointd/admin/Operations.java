package io.savepointd.admin;

import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import java.util.List;
import java.util.Optional;

/**
 * What can be asked of savepointd, whether a daemon answers or the command acts on its own. Every
 * call may block until its outcome is known. Naming no job means every configured one.
 */
public interface Operations {
  /** How everything stands. */
  StatusBody status() throws NotNow;

  /** Savepoints on the ledger, newest first; deleted ones only if {@code all}. */
  SavepointsBody savepoints(Optional<JobName> job, boolean all) throws NotNow;

  /** Which run stands on which state, newest first. */
  LineageBody lineage(Optional<JobName> job) throws NotNow;

  /** Takes a savepoint now. */
  List<OutcomeBody> takeSavepoint(Optional<JobName> job, SavepointFormat format) throws NotNow;

  /** Starts a job now, or says what would be done. */
  List<OutcomeBody> start(Optional<JobName> job, StartRequest request) throws NotNow;

  /** Stops a job with a savepoint; it stays stopped until a start is asked for. */
  List<OutcomeBody> stop(JobName job) throws NotNow;

  /**
   * Lets a job go on as the configuration says, from a savepoint of its stop, or as it was where
   * that fails; or says what would be changed.
   *
   * @param dropState whether state that has no place in the new program may be dropped
   */
  List<OutcomeBody> upgrade(JobName job, boolean dropState, boolean dryRun) throws NotNow;

  /**
   * Lets a job go on as it runs on another cluster, from a savepoint of its stop, or on the old one
   * where that fails; or says what would be done.
   */
  List<OutcomeBody> move(JobName job, MoveRequest request) throws NotNow;

  /** Lets a held job be started by itself again. */
  List<OutcomeBody> release(JobName job) throws NotNow;

  /**
   * Keeps a savepoint whatever retention says, or leaves it to retention again.
   *
   * @param savepoint the beginning of an id, unique over all jobs
   */
  List<OutcomeBody> pin(String savepoint, boolean on) throws NotNow;

  /**
   * Verifies savepoints now, in the calling thread, and takes those found no good out of use.
   *
   * @param what jobs, or beginnings of savepoints' ids; empty for all there are
   * @param deep whether every byte is to be read
   */
  VerifyBody verify(List<String> what, boolean deep) throws NotNow;

  /** Takes a savepoint that was made by hand into the ledger, verified first. */
  List<OutcomeBody> adopt(JobName job, String path) throws NotNow;

  /** Lets retention run now, or says what it would do. */
  PruneBody prune(Optional<JobName> job, boolean dryRun) throws NotNow;

  /** Has the daemon read its configuration again and go by it, as a whole or not at all. */
  ReloadBody reload() throws NotNow;

  /** Has the daemon that holds the ledger hand it over to this one. */
  OutcomeBody promote() throws NotNow;

  /** Holds the ledger against the storage, and repairs what that proves, if {@code repair}. */
  ScrubBody scrub(Optional<JobName> job, boolean deep, boolean repair) throws NotNow;

  /**
   * Makes the ledger anew from the storage alone, where no daemon runs.
   *
   * @param carryOut without it, only says what would be done
   * @param discard whether a ledger that can be read is to be given up as well
   */
  RebuildBody rebuildLedger(boolean carryOut, boolean discard) throws NotNow;

  /**
   * A move.
   *
   * @param to a cluster as the person typed it
   * @param olderFlink whether that may run an older Flink
   */
  record MoveRequest(String to, boolean olderFlink, boolean dryRun) {}

  /**
   * A start.
   *
   * @param from what to start from; a path or savepoint id as the person typed it
   */
  record StartRequest(StartFrom from, boolean replace, boolean dryRun) {}

  /** What to start from, as a person says it. */
  sealed interface StartFrom {
    /** The newest retained savepoint. */
    record Latest() implements StartFrom {}

    /** What the job would be started from by itself. */
    record Usual() implements StartFrom {}

    /** A path, or the beginning of a savepoint's id. */
    record Named(String pathOrId) implements StartFrom {}

    /** No state. */
    record Nothing() implements StartFrom {}
  }
}
