package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;

/** Rule 8: a ledger that can't be read, and a command that makes no sense, change nothing. */
final class BadInput extends Rule {
  static final String NAME = "8 bad input changes nothing";

  BadInput(Simulation simulation) {
    super(NAME, simulation);
  }

  private void acts(Life process, String what) {
    require(
        !simulation().disk().hasReadGarbage(process),
        process + " " + what + " though its ledger can't be read");
  }

  @Override
  void submits(Life process, Submission submission) {
    acts(process, "submits " + submission.run());
    require(
        submission.restorePath().filter(People.NOWHERE::equals).isEmpty(),
        "run " + submission.run() + " is to start from what never was");
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
  void durable(Event event) {
    if (event instanceof Event.CancelIntended cancel
        && cancel.reason().contains("replaced")
        && !ledger().cancelIntended(cancel.run())) {
      require(
          !simulation().people().wantsNonsenseAlone(),
          "run " + cancel.run() + " is cancelled for a start from what never was");
    }
  }

  @Override
  void deletes(Life process, SavepointId savepoint) {
    acts(process, "deletes " + savepoint);
  }
}
