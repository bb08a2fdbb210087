package io.savepointd.app;

import io.savepointd.admin.AdminServer;
import io.savepointd.admin.Operations;
import io.savepointd.admin.Router;
import io.savepointd.config.Settings;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.LocalLocks;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: it opens its connections, takes the ledger, keeps the jobs for as long as it holds
 * it, and begins anew when it has lost it. {@link #run} blocks; {@link #close} ends it from any
 * thread.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  private final Settings settings;
  private final Installation installation;
  private final Clock clock;
  private final Self self;
  private final HttpClient http = Connections.http();
  private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Standing standing = new Standing("starting", "opening storage and ledger");
  private volatile Optional<Active> active = Optional.empty();
  private volatile boolean stopping;
  private volatile boolean running;

  /** What ends a term. */
  private enum Call {
    STOP,
    LEDGER_LOST
  }

  /** How the daemon stands while it has no term. */
  record Standing(String word, String detail) {}

  /** The daemon at work. */
  record Active(Connections connections, Term term) {}

  /** With the one {@code locks} of this process. */
  Daemon(Settings settings, Installation installation, LocalLocks locks) {
    this.settings = settings;
    this.installation = installation;
    this.clock = installation.clock();
    this.self = Self.of(installation, locks);
  }

  Optional<Active> active() {
    return active;
  }

  Standing standing() {
    return standing;
  }

  /** What can be asked of it, as over its socket. */
  public Operations operations() {
    return new LiveOperations(settings, installation.version(), clock, this);
  }

  /**
   * Works until it is closed.
   *
   * @throws DaemonStopped if it can't go on: a socket that can't be had, an unreadable ledger, no
   *     storage root
   */
  public void run() throws DaemonStopped {
    running = true;
    LOG.info("event=daemon.start version={} config={}", installation.version(), settings.file());
    try (AdminServer admin = new AdminServer(settings.admin(), new Router(operations()))) {
      admin.start();
      while (!stopping) {
        try (Connections connections = Connections.open(settings, installation, self, http)) {
          hold(connections);
        } catch (Connections.RootUnclear e) {
          throw new DaemonStopped(e.getMessage(), true, e);
        } catch (LedgerUnreadable e) {
          throw new DaemonStopped(
              "the ledger can't be read, so nothing is done: " + e.getMessage(), false, e);
        } catch (LedgerHeld e) {
          stand("standby", e.getMessage());
        } catch (IOException e) {
          stand("starting", e.getMessage());
        }
      }
    } catch (IOException e) {
      throw new DaemonStopped(e.getMessage(), false, e);
    } finally {
      LOG.info("event=daemon.stopped");
      ended.countDown();
    }
  }

  /** One term: until the ledger is lost or the daemon is to stop. */
  private void hold(Connections connections) throws LedgerHeld, IOException {
    // Only what is left of an earlier term: from here on a loss concerns this one.
    calls.removeIf(call -> call == Call.LEDGER_LOST);
    Ledger ledger = connections.ledger().tryOpen(this::lost);
    try (Term term = new Term(settings, connections, ledger, clock, this::lost)) {
      term.start();
      active = Optional.of(new Active(connections, term));
      LOG.info(
          "event=daemon.ready root={} jobs={}", connections.store().root(), term.fleet().jobs());
      while (awaitCall(Duration.ofDays(1)).isEmpty()) {
        LOG.debug("event=daemon.alive");
      }
    } finally {
      active = Optional.empty();
      standing = new Standing("starting", "taking the ledger again");
    }
  }

  private void lost(LedgerLost loss) {
    LOG.warn(
        "event=ledger.lost reason=\"{}\" next=\"nothing is done until it is held again\"",
        loss.getMessage());
    calls.add(Call.LEDGER_LOST);
  }

  private void stand(String word, String detail) {
    Standing next = new Standing(word, detail);
    if (!next.equals(standing)) {
      LOG.warn("event=daemon.{} reason=\"{}\" next=\"tried again every {}\"", word, detail, AGAIN);
    }
    standing = next;
    awaitCall(AGAIN);
  }

  private Optional<Call> awaitCall(Duration atMost) {
    try {
      return Optional.ofNullable(calls.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
      return Optional.of(Call.STOP);
    }
  }

  /** Lets go of everything in order and returns when that is done, at the latest after 20 s. */
  @Override
  public void close() {
    stopping = true;
    calls.add(Call.STOP);
    try {
      if (running && !ended.await(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn(
            "event=daemon.slow next=\"ends anyway; open intents are resolved at the next start\"");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
