package io.savepointd.supervise;

import io.savepointd.ledger.LedgerLost;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where things happen to a job. Anything may be asked of it from any thread; it is
 * done by whoever turns the lane, one turn after the other: its {@link LaneThread}, or a test.
 */
public final class Lane {
  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

  private final JobKeeper keeper;
  private final LinkedBlockingDeque<Optional<Mail>> mailbox = new LinkedBlockingDeque<>();
  private volatile boolean closed;
  private volatile boolean windingDown;

  private record Mail(Demand demand, CompletableFuture<Answer> answer) {}

  /** A lane for {@code keeper}, which is the lane's alone from now on. */
  public Lane(JobKeeper keeper) {
    this.keeper = keeper;
  }

  /** How the job stands. */
  public JobStatus status() {
    return keeper.status();
  }

  /** What it is at. */
  public Progress progress() {
    return keeper.progress();
  }

  /** From now on nothing new is taken on, while what is under way goes on until it is closed. */
  public void windDown() {
    windingDown = true;
    keeper.windDown();
  }

  /** Asks for something; the answer comes when its outcome is known. */
  public CompletableFuture<Answer> demand(Demand demand) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    if (windingDown) {
      turnAway(new Mail(demand, answer));
      return answer;
    }
    mailbox.add(Optional.of(new Mail(demand, answer)));
    if (closed) {
      drain(); // it may have come too late for the lane's own draining
    }
    return answer;
  }

  /** Takes in all mail, then steps once; returns when to turn again at the latest. */
  public Instant turn() throws LedgerLost {
    for (Optional<Mail> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
      if (mail.isPresent()) {
        deliver(mail.get());
      }
    }
    return keeper.step();
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

  /** Waits for mail, but no longer than that. */
  void awaitMail(Duration patience) throws InterruptedException {
    Optional<Mail> first = mailbox.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    if (first != null) {
      mailbox.addFirst(first);
    }
  }

  boolean closed() {
    return closed;
  }

  /** No turn is to begin any more; who waits for mail is woken. */
  public void close() {
    closed = true;
    mailbox.add(Optional.empty());
  }

  /** After the last turn: answers everybody. */
  public void end() {
    closed = true;
    keeper.abandon();
    drain();
  }

  /** Answers what is in the mailbox of a closed lane. */
  void drain() {
    for (Optional<Mail> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
      mail.ifPresent(Lane::turnAway);
    }
  }

  private static void turnAway(Mail mail) {
    mail.answer().complete(new Answer.Failed("the daemon is stopping"));
  }
}
