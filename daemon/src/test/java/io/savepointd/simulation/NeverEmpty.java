package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.Origin;

/** Rule 4: once there may be state, only a person starts without it. */
final class NeverEmpty extends Rule {
  static final String NAME = "4 never empty where state may exist";

  NeverEmpty(Simulation simulation) {
    super(NAME, simulation);
  }

  /** Whether a start is empty is decided when it is intended; a resend only repeats it. */
  @Override
  void durable(Event event) {
    if (event instanceof Event.RunIntended intended && intended.origin() instanceof Origin.Empty) {
      boolean may =
          ledger().run(intended.run()).isPresent()
              || simulation().people().wantEmpty()
              || !(clusters().everRan() || storage().everWritten());
      require(may, "run " + intended.run() + " is to start empty though the job has had state");
    }
  }

  @Override
  void submits(Life process, Submission submission) {
    boolean asIntended =
        ledger()
            .run(submission.run())
            .filter(r -> r.origin() instanceof Origin.Empty || submission.restorePath().isPresent())
            .isPresent();
    require(asIntended, "run " + submission.run() + " starts empty and was not meant to");
  }
}
