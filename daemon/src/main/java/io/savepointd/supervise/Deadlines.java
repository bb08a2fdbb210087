package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.model.RunId;
import io.savepointd.model.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until when a trigger's outcome is waited for: as long as is configured, but never shorter than
 * the run itself lets a checkpoint take, since Flink may still complete it until then.
 */
final class Deadlines {
  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  /** The run gives a savepoint up first; its word is to be heard. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** A run without one may merely be unknown to a JobManager that has just taken over. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final Keeping keeping;
  private Optional<RunId> timeoutOf = Optional.empty();
  private Optional<Duration> checkpointTimeout = Optional.empty();
  private Instant askAgainFrom = Instant.MIN;

  Deadlines(Keeping keeping) {
    this.keeping = keeping;
  }

  Instant of(Trigger trigger) {
    Duration patience = keeping.supervision().savepointTimeout();
    Optional<Duration> ofTheRun = checkpointTimeout(trigger.run()).map(t -> t.plus(MARGIN));
    if (ofTheRun.isPresent() && ofTheRun.get().compareTo(patience) > 0) {
      patience = ofTheRun.get();
    }
    return trigger.intendedAt().plus(patience);
  }

  private Optional<Duration> checkpointTimeout(RunId run) {
    Instant now = keeping.clock().instant();
    boolean same = timeoutOf.equals(Optional.of(run));
    if (same && (checkpointTimeout.isPresent() || now.isBefore(askAgainFrom))) {
      return checkpointTimeout;
    }
    timeoutOf = Optional.of(run);
    askAgainFrom = now.plus(ASK_AGAIN);
    try {
      checkpointTimeout = keeping.clusterOf(run).checkpointTimeout(run);
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.checkpoint_timeout.unknown run={}", run, e);
      checkpointTimeout = Optional.empty();
    }
    return checkpointTimeout;
  }
}
