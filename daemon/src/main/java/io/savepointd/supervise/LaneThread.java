package io.savepointd.supervise;

import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The single thread that turns one lane. It is never interrupted: that would tear a stream of the
 * ledger.
 */
public final class LaneThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LaneThread.class);
  private static final Duration AFTER_A_BUG = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** What its term takes at most to end with it. */
  private static final Duration AFTER_ITS_END = Duration.ofSeconds(30);

  private final JobName job;
  private final Lane lane;
  private final Clock clock;
  private final Consumer<LedgerLost> onLost;
  private final Thread thread;

  /** A thread for {@code lane}; {@code onLost} is told once, on this thread, unless closed. */
  public LaneThread(JobName job, Lane lane, Clock clock, Consumer<LedgerLost> onLost) {
    this.job = job;
    this.lane = lane;
    this.clock = clock;
    this.onLost = onLost;
    this.thread = new Thread(this::run, "lane-" + job);
    this.thread.setDaemon(true);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  /** What it turns. */
  public Lane lane() {
    return lane;
  }

  private void run() {
    MDC.put("job", job.value());
    try {
      while (!lane.closed()) {
        lane.progress().at("looks what there is to do", Duration.ZERO);
        Instant next = turnSafely();
        Duration patience = Duration.between(clock.instant(), next);
        lane.progress().at("waits", patience.isNegative() ? Duration.ZERO : patience);
        lane.awaitMail(patience);
      }
    } catch (LedgerLost e) {
      if (lane.closed()) {
        LOG.debug("event=lane.late", e); // its term is over, and a new one may have begun
      } else {
        onLost.accept(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("event=lane.interrupted next=\"the lane ends\"", e);
    } finally {
      lane.end();
      lane.progress().at("has ended", AFTER_ITS_END);
    }
  }

  private Instant turnSafely() throws LedgerLost {
    try {
      return lane.turn();
    } catch (RuntimeException | Error e) {
      LOG.error("event=lane.bug next=\"again in {}\"", AFTER_A_BUG, e);
      return clock.instant().plus(AFTER_A_BUG);
    }
  }

  /** The job is no longer to be kept: lets the current turn end, without waiting for that. */
  void dismiss() {
    lane.close(Parting.JOB_REMOVED);
  }

  /** Whether a closed lane has come to its end within that time. */
  boolean awaitEnd(Duration patience) {
    try {
      thread.join(Math.max(1, patience.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      return false;
    }
    lane.drain(); // there may be mail even though it was never started
    return true;
  }

  /** Lets the current turn end and stops; open intents stay on the ledger for the next start. */
  @Override
  public void close() {
    lane.close(Parting.DAEMON_STOPS);
    if (Thread.currentThread() == thread) {
      return;
    }
    if (!awaitEnd(CLOSING)) {
      LOG.info("event=lane.slow job={} next=\"left behind; its intents stay open\"", job);
    }
  }
}
