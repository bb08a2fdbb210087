package io.savepointd.supervise;

import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The single thread of control of one job. Anything may be asked of it from any thread; it is done
 * on the lane's own. The thread is never interrupted: that would tear a stream of the ledger.
 */
public final class Lane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final Duration AFTER_A_BUG = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final JobName job;
  private final JobKeeper keeper;
  private final Clock clock;
  private final Consumer<LedgerLost> onLost;
  private final LinkedBlockingQueue<Optional<Mail>> mailbox = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private record Mail(Demand demand, CompletableFuture<Answer> answer) {}

  /** A lane for {@code keeper}; {@code onLost} is told once, on the lane's thread. */
  public Lane(JobName job, JobKeeper keeper, Clock clock, Consumer<LedgerLost> onLost) {
    this.job = job;
    this.keeper = keeper;
    this.clock = clock;
    this.onLost = onLost;
    this.thread = new Thread(this::run, "lane-" + job);
    this.thread.setDaemon(true);
  }

  /** Begins to work. */
  public void start() {
    thread.start();
  }

  /** How the job stands. */
  public JobStatus status() {
    return keeper.status();
  }

  /** Asks for something; the answer comes when its outcome is known. */
  public CompletableFuture<Answer> demand(Demand demand) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    mailbox.add(Optional.of(new Mail(demand, answer)));
    if (closed) {
      drain(); // it may have come too late for the lane's own draining
    }
    return answer;
  }

  private void run() {
    MDC.put("job", job.value());
    try {
      while (!closed) {
        Instant next = stepSafely();
        waitUntil(next);
      }
    } catch (LedgerLost e) {
      onLost.accept(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.error("event=lane.interrupted next=\"the lane ends\"", e);
    } finally {
      closed = true;
      keeper.abandon();
      drain();
    }
  }

  private Instant stepSafely() throws LedgerLost {
    try {
      return keeper.step();
    } catch (RuntimeException | Error e) {
      LOG.error("event=lane.bug next=\"again in {}\"", AFTER_A_BUG, e);
      return clock.instant().plus(AFTER_A_BUG);
    }
  }

  /** Waits for mail, but no longer than until {@code next}. */
  private void waitUntil(Instant next) throws InterruptedException, LedgerLost {
    long millis = Math.max(0, Duration.between(clock.instant(), next).toMillis());
    Optional<Mail> mail = mailbox.poll(millis, TimeUnit.MILLISECONDS);
    while (mail != null && !closed) {
      if (mail.isPresent()) {
        deliver(mail.get());
      }
      mail = mailbox.poll();
    }
    if (mail != null) {
      mail.ifPresent(Lane::turnAway);
    }
  }

  private void deliver(Mail mail) throws LedgerLost {
    try {
      keeper.accept(mail.demand(), mail.answer());
    } catch (LedgerLost e) {
      mail.answer().complete(new Answer.Failed("the ledger is lost: " + e.getMessage()));
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.error("event=lane.bug next=\"the demand is given up, the lane goes on\"", e);
      mail.answer().complete(new Answer.Failed("a fault of savepointd: " + e));
    }
  }

  private static void turnAway(Mail mail) {
    mail.answer().complete(new Answer.Failed("the daemon is stopping"));
  }

  private void drain() {
    for (Optional<Mail> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
      mail.ifPresent(Lane::turnAway);
    }
  }

  /** Lets the current step end and stops; open intents stay on the ledger for the next start. */
  @Override
  public void close() {
    closed = true;
    mailbox.add(Optional.empty()); // wakes it
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join(CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      drain(); // there may be mail even though it was never started
    } else {
      LOG.warn("event=lane.slow job={} next=\"left behind; its intents stay open\"", job);
    }
  }
}
