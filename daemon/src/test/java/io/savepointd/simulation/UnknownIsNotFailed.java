package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.model.RunId;
import io.savepointd.model.TriggerId;

/** Rule 7: what can't be told is looked up until it can, or its deadline is past. */
final class UnknownIsNotFailed extends Rule {
  static final String NAME = "7 unknown is not failed";

  UnknownIsNotFailed(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void durable(Event event) {
    if (event instanceof Event.RunEnded e) {
      notAlive(e.run(), "ended");
    } else if (event instanceof Event.RunNotStarted e) {
      notAlive(e.run(), "never started");
    } else if (event instanceof Event.SavepointFailed e) {
      boolean good = storage().goodSavepointIn(storage().directoryOf(e.trigger()));
      long age = age(e.trigger());
      boolean inTime = age < 2 * simulation().scenario().savepointTimeout().toNanos();
      require(
          !good || !inTime || simulation().clockWasSet(age),
          "trigger " + e.trigger() + " counts as failed, but its savepoint is there and good");
    }
  }

  private void notAlive(RunId run, String as) {
    require(!clusters().alive(run), "run " + run + " counts as " + as + ", but it is alive");
  }

  private long age(TriggerId trigger) {
    return simulation().timeline().now() - simulation().intendedAt(trigger);
  }

  /** It was given up though there was still time. */
  @Override
  void savepointIsComplete(TriggerId trigger, String path) {
    boolean givenUp =
        ledger()
            .savepoint(trigger)
            .filter(s -> s.phase() == LedgerTruth.SavepointPhase.FAILED)
            .isPresent();
    long age = age(trigger);
    boolean inTime = age < simulation().scenario().savepointTimeout().toNanos();
    require(
        !givenUp || !inTime || simulation().clockWasSet(age),
        "trigger " + trigger + " was given up after less than its time, and now it is good");
  }
}
