package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;

/** Rule 1: before anything is asked of the world, it is on the disk that it will be. */
final class IntentFirst extends Rule {
  static final String NAME = "1 no effect without a durable intent";

  IntentFirst(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void submits(Life process, Submission submission) {
    require(
        ledger().run(submission.run()).isPresent(),
        "run " + submission.run() + " is submitted without its intent");
  }

  @Override
  void triggers(Life process, RunId run, TriggerId trigger, String directory) {
    require(
        ledger().savepoint(trigger).filter(s -> s.directory().equals(directory)).isPresent(),
        "savepoint " + trigger + " is asked for without its intent");
  }

  @Override
  void cancels(Life process, RunId run) {
    require(ledger().cancelIntended(run), "run " + run + " is cancelled without its intent");
  }

  @Override
  void deletes(Life process, SavepointId savepoint) {
    require(
        ledger()
            .savepoint(savepoint)
            .filter(
                s ->
                    s.phase() == LedgerTruth.SavepointPhase.EXPIRED
                        || s.phase() == LedgerTruth.SavepointPhase.DELETED)
            .isPresent(),
        "savepoint " + savepoint + " is deleted without its intent");
  }

  @Override
  void deletesLeftover(Life process, SavepointId savepoint) {
    require(
        ledger().leftoverExpired(savepoint),
        "what trigger " + savepoint + " left is deleted without its intent");
  }
}
