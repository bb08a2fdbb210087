package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import io.savepointd.model.Trigger;
import java.time.Instant;
import java.util.Optional;

/** The one next thing to do about a job. */
public sealed interface Action {
  /** Nothing for now: look again at {@code until}, or sooner if something calls. */
  record Wait(JobStatus.State state, String detail, Instant until) implements Action {}

  /** Take over a run that is there under the job's name. */
  record Adopt(RunSeen run) implements Action {}

  /** Find out what a run could be restored from: verify it on storage, then decide again. */
  record LookForRestorePoint() implements Action {}

  /** Start a new run. */
  record Submit(Origin origin, Program program) implements Action {}

  /** Send a submission of unknown outcome again, under its own id. */
  record Resubmit(Run run) implements Action {}

  /** All tasks run: make sure that they started from what was asked for. */
  record ConfirmStart(Run run) implements Action {}

  /** Put a run's end on the ledger. */
  record RecordEnd(Run run, RunEnd end) implements Action {}

  /** Ask the cluster to cancel a run, for the first time or again. */
  record Cancel(Run run, String reason) implements Action {}

  /** Ask the cluster to stop a run with a savepoint. */
  record Stop(Run run) implements Action {}

  /** Hold the job: it isn't started by itself any more until a person releases it. */
  record Hold(String reason) implements Action {}

  /** Take a savepoint that was found damaged out of use. */
  record Quarantine(Savepoint savepoint, String reason) implements Action {}

  /** Ask for a savepoint. */
  record TakeSavepoint(Run run, Demand.Savepoint demand) implements Action {}

  /** Send a trigger that the cluster doesn't know again, under its own id. */
  record Retrigger(Trigger trigger) implements Action {}

  /** Flink says the savepoint is written: verify it and retain it. */
  record TakeIn(Trigger trigger, String path) implements Action {}

  /**
   * No savepoint is to be expected any more: look a last time on storage, then record the outcome.
   */
  record CloseTrigger(Trigger trigger, String reason) implements Action {}

  /** Ask for a savepoint that proves the new launch of an upgrade, where no checkpoint has. */
  record Prove(Run run) implements Action {}

  /**
   * Go back to what was running before the upgrade, unless the try has proved itself meanwhile.
   *
   * @param attempt empty if none could be made
   */
  record GiveUpUpgrade(Optional<Run> attempt, String reason) implements Action {}

  /** Put on the ledger what has become of the upgrade. */
  record EndUpgrade(boolean applied, String words) implements Action {}

  /** Turn down the demanded start. */
  record RefuseStart(Answer answer) implements Action {}
}
