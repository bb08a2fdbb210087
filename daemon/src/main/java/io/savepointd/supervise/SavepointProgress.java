package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the savepoint has come that is being written, for people who wait for it; nothing is
 * decided by it. The cluster is asked now and then, and only about one that takes its time.
 */
final class SavepointProgress {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointProgress.class);

  /** Most savepoints are done by then. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  /** Flink renews its statistics no more often ({@code web.refresh-interval}). */
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final Keeping keeping;
  private Optional<TriggerId> of = Optional.empty();
  private Instant nextLook = Instant.MIN;
  private Optional<CheckpointFacts.Written> written = Optional.empty();

  SavepointProgress(Keeping keeping) {
    this.keeping = keeping;
  }

  /** What was heard last; empty unless the cluster says that the savepoint is being written. */
  Optional<CheckpointFacts.Written> of(Trigger trigger, TriggerOutcome outcome) {
    if (!(outcome instanceof TriggerOutcome.InProgress)) {
      return Optional.empty();
    }
    Instant now = keeping.clock().instant();
    if (!of.equals(Optional.of(trigger.id()))) {
      of = Optional.of(trigger.id());
      written = Optional.empty();
      nextLook = trigger.intendedAt().plus(FIRST_LOOK);
    }
    if (!now.isBefore(nextLook)) {
      nextLook = now.plus(LOOK);
      written = ask(trigger).or(() -> written);
    }
    return written;
  }

  private Optional<CheckpointFacts.Written> ask(Trigger trigger) {
    try {
      return keeping
          .clusterOf(trigger.run())
          .checkpoints(trigger.run())
          .flatMap(CheckpointFacts::written);
    } catch (ClusterUnavailable e) {
      LOG.debug("event=savepoint.progress.unknown trigger={}", trigger.id(), e);
      return Optional.empty();
    }
  }
}
