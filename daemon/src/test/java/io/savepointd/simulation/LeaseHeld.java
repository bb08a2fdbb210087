package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;

/** Rule 2: who can't append doesn't act. Processes hang only between two turns. */
final class LeaseHeld extends Rule {
  static final String NAME = "2 no effect without the lease";

  LeaseHeld(Simulation simulation) {
    super(NAME, simulation);
  }

  private void acts(Life process, String what) {
    require(
        simulation().disk().leaseIsHeldBy(process),
        process + " " + what + ", but doesn't hold the ledger");
  }

  @Override
  void submits(Life process, Submission submission) {
    acts(process, "submits " + submission.run());
  }

  @Override
  void triggers(Life process, RunId run, TriggerId trigger, String directory) {
    acts(process, "triggers " + trigger);
  }

  @Override
  void cancels(Life process, RunId run) {
    acts(process, "cancels " + run);
  }

  @Override
  void deletes(Life process, SavepointId savepoint) {
    acts(process, "deletes " + savepoint);
  }

  @Override
  void deletesLeftover(Life process, SavepointId savepoint) {
    acts(process, "deletes what is left of " + savepoint);
  }
}
