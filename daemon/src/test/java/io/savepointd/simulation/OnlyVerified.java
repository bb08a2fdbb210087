package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.Origin;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Rule 5: what is restored from is good at that moment, and a start only counts if it was. */
final class OnlyVerified extends Rule {
  static final String NAME = "5 never restore from what was not verified";

  private final Set<String> submitted = new HashSet<>();

  OnlyVerified(Simulation simulation) {
    super(NAME, simulation);
  }

  /** A resend can't help it if the savepoint was spoilt meanwhile; the cluster refuses it. */
  @Override
  void submits(Life process, Submission submission) {
    if (submitted.add(submission.run().value()) && submission.restorePath().isPresent()) {
      String path = submission.restorePath().get();
      require(storage().good(path), "run " + submission.run() + " is to start from bad " + path);
      require(
          storage().written().contains(path),
          "run " + submission.run() + " is to start from " + path + ", which Flink never wrote");
    }
  }

  @Override
  void durable(Event event) {
    if (!(event instanceof Event.RunStarted started)) {
      return;
    }
    Optional<Origin> asked = ledger().run(started.run()).map(LedgerTruth.RunEntry::origin);
    Optional<String> path =
        asked
            .filter(Origin.Restored.class::isInstance)
            .map(origin -> ((Origin.Restored) origin).path());
    Optional<String> really = clusters().restoredFrom(started.run());
    boolean own = really.filter(from -> from.contains("/" + started.run() + "/chk-")).isPresent();
    boolean gone = clusters().seen(started.run()).isEmpty();
    require(
        own || gone || path.equals(really),
        "run " + started.run() + " counts as started from " + path + ", but it is " + really);
  }
}
