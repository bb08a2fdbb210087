package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Trigger;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a stop whose trigger has failed. */
final class StopAttempts {
  private static final Logger LOG = LoggerFactory.getLogger(StopAttempts.class);

  /** How often one stop is tried while Flink says that the tasks aren't ready for it. */
  private static final int MOST = 3;

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;

  StopAttempts(Keeping keeping, Journal journal) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
  }

  boolean mayTryAgain() {
    return failed() < MOST;
  }

  /** How often the stop that is wanted now has failed. */
  private long failed() {
    Instant wanted = DecideStop.wanted(journal.history()).orElse(Instant.MAX);
    return journal.history().leftovers().stream()
        .filter(l -> l.trigger().occasion() instanceof Occasion.Stopping)
        .filter(l -> !l.trigger().intendedAt().isBefore(wanted))
        .count();
  }

  /**
   * Where the run is alive after a stop that failed, the stop is off, as its caller is told; a run
   * that has ended all the same is stopped, as was wanted.
   */
  void giveUp(Trigger trigger, String reason) throws LedgerLost {
    boolean alive;
    try {
      alive =
          keeping
              .clusterOf(trigger.run())
              .find(trigger.run())
              .filter(r -> !r.state().globallyTerminal())
              .isPresent();
    } catch (ClusterUnavailable e) {
      LOG.debug("event=stop.unknown run={}", trigger.run(), e);
      return; // the stop stays wanted until it is known
    }
    if (alive && DecideStop.wanted(journal.history()).isPresent()) {
      LOG.warn(
          "event=stop.failed run={} reason=\"{}\" next=\"the run goes on; say stop again\"",
          trigger.run(),
          reason);
      Instant now = keeping.clock().instant();
      journal.write(
          journal.history().orders().stopWanted().isPresent()
              ? new Event.StartWanted(now, job, "the stop failed: " + reason)
              : new Event.UpgradeOver(
                  now, job, false, "nothing has changed: the stop failed: " + reason));
    }
  }
}
