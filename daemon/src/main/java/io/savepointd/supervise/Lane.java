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

  private static final Duration LONGEST_STAY = Duration.ofMinutes(1);

  private final JobKeeper keeper;
  private final LinkedBlockingDeque<Optional<Mail>> mailbox = new LinkedBlockingDeque<>();
  private volatile Parting parting = Parting.DAEMON_STOPS;
  private volatile boolean closed;
  private volatile boolean windingDown;

  private sealed interface Mail {}

  private record Asked(Demand demand, CompletableFuture<Answer> answer) implements Mail {}

  private record Stay(CompletableFuture<Void> there, CompletableFuture<Void> over)
      implements Mail {}

  private record Replanned(JobPlan plan, World world, CompletableFuture<Void> taken)
      implements Mail {}

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
    Asked asked = new Asked(demand, answer);
    if (windingDown) {
      turnAway(asked);
    } else {
      post(asked);
    }
    return answer;
  }

  /**
   * Has the job kept so from the lane's next turn on; what is under way goes on, and whoever waits
   * for an answer goes on waiting.
   *
   * @return completed once the keeper has taken it, or the lane has ended
   */
  public CompletableFuture<Void> replan(JobPlan plan, World world) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    post(new Replanned(plan, world, taken));
    return taken;
  }

  /**
   * Has the lane stand still between two turns, until {@code over} is completed, but for a minute
   * at most. What is posted meanwhile is taken in before anything else is done about the job.
   *
   * @return completed once it stands, or has ended
   */
  public CompletableFuture<Void> standStill(CompletableFuture<Void> over) {
    CompletableFuture<Void> there = new CompletableFuture<>();
    post(new Stay(there, over));
    return there;
  }

  private void post(Mail mail) {
    mailbox.add(Optional.of(mail));
    if (closed) {
      drain(); // it may have come too late for the lane's own draining
    }
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
    if (mail instanceof Asked asked) {
      deliver(asked);
    } else if (mail instanceof Stay stay) {
      stay.over().completeOnTimeout(null, LONGEST_STAY.toSeconds(), TimeUnit.SECONDS);
      stay.there().complete(null);
      stay.over().join();
    } else if (mail instanceof Replanned replanned) {
      keeper.take(replanned.plan(), replanned.world());
      replanned.taken().complete(null);
    }
  }

  private void deliver(Asked mail) throws LedgerLost {
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

  /** No turn is to begin any more; who waits for mail is woken, who waits for answers told why. */
  public void close(Parting why) {
    parting = why;
    closed = true;
    mailbox.add(Optional.empty());
  }

  /** After the last turn: answers everybody. */
  public void end() {
    closed = true;
    keeper.abandon(parting);
    drain();
  }

  /** Answers what is in the mailbox of a closed lane. */
  void drain() {
    for (Optional<Mail> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
      mail.ifPresent(this::turnAway);
    }
  }

  private void turnAway(Mail mail) {
    if (mail instanceof Asked asked) {
      asked.answer().complete(parting.tooLate());
    } else if (mail instanceof Stay stay) {
      stay.there().complete(null);
    } else if (mail instanceof Replanned replanned) {
      replanned.taken().complete(null);
    }
  }
}
