package io.savepointd.app;

import io.savepointd.admin.AdminServer;
import io.savepointd.admin.NotNow;
import io.savepointd.admin.Operations;
import io.savepointd.admin.OutcomeBody;
import io.savepointd.admin.ReloadBody;
import io.savepointd.admin.Router;
import io.savepointd.config.Settings;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerDirectory;
import io.savepointd.ledger.LedgerHeld;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.LocalLocks;
import io.savepointd.ledger.Owner;
import io.savepointd.model.Words;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The daemon: it opens its connections, takes the ledger, keeps the jobs for as long as it holds
 * it, and begins anew when it has lost it. {@link #run} blocks; {@link #close} ends it from any
 * thread.
 */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(20);

  /** Hadoop's own bound on the ledger's connection to a machine that swallows every packet. */
  private static final Duration OPENING = Duration.ofMinutes(16);

  private final Configuration configuration;
  private final Installation installation;
  private final Clock clock;
  private final Self self;
  private final HttpClient http = Connections.http();
  private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Presence presence;
  private volatile Standing standing = new Standing.Starting("opening storage and ledger");
  private volatile Optional<Connections> connected = Optional.empty();
  private volatile Optional<Active> active = Optional.empty();
  private volatile CompletableFuture<Void> atWork = new CompletableFuture<>();
  private String told = "";
  private boolean fenced;
  private volatile boolean stopping;
  private volatile boolean running;

  /** What ends a term. */
  private enum Call {
    STOP,
    LEDGER_LOST,
    HAND_OVER
  }

  /** The daemon at work. */
  record Active(Connections connections, Term term) {}

  /** With the one {@code locks} of this process. */
  Daemon(Settings settings, Installation installation, LocalLocks locks) {
    this.installation = installation;
    this.clock = installation.clock();
    this.configuration = new Configuration(settings, clock.instant());
    this.self = Self.of(installation, locks, settings.storage());
    this.presence = new Presence(this, installation, AGAIN);
    presence.notice(configuration::notice);
  }

  Optional<Active> active() {
    return active;
  }

  Standing standing() {
    return standing;
  }

  Optional<Connections> connected() {
    return connected;
  }

  /** The configuration that is in effect. */
  Settings settings() {
    return configuration.settings();
  }

  /** What a person has to know, such as that a changed configuration was refused. */
  public Optional<String> notice() {
    return configuration.notice();
  }

  /** Which clusters run a Flink that wasn't tested, a sentence each. */
  List<String> untestedFlinks() {
    return self.versions().remarks(settings().clusters().keySet());
  }

  /**
   * Reads the configuration again and puts it in effect, or refuses it whole; blocks until then.
   *
   * @throws NotNow if the file has faults; nothing has changed
   */
  public ReloadBody reload() throws NotNow {
    presence.reloading();
    try {
      return new Reloading(configuration, installation, this).reload();
    } finally {
      presence.reloaded();
    }
  }

  /**
   * Makes this daemon the active one, if the one that is hands over; blocks until it has, or hasn't
   * within the time that takes.
   */
  OutcomeBody promote() throws NotNow {
    Standing now = standing;
    if (active.isPresent()) {
      return new OutcomeBody("daemon", "done", "is the active one already");
    }
    Optional<Connections> reached = connected;
    if (reached.isEmpty() || !(now instanceof Standing.Standby standby)) {
      throw new NotNow(
          NotNow.Kind.UNREACHABLE,
          "the daemon is " + now.word() + ": " + now.detail(clock.instant()) + "; nothing to take");
    }
    return new Promotion(settings().ledger().silence())
        .carryOut(reached.get().ledger(), standby.held(), atWork);
  }

  /** How it shows itself to the service manager. */
  Presence presence() {
    return presence;
  }

  /** The same where nobody waits for the answer: what has come of it is in the log. */
  public void reloadOnSignal() {
    try {
      ReloadBody unused = reload();
    } catch (NotNow e) {
      LOG.debug("event=config.refused-on-signal", e); // logged fault by fault already
    } catch (RuntimeException e) {
      LOG.error("event=config.reload-bug next=\"what is in effect stays\"", e);
    }
  }

  /** What can be asked of it, as over its socket. */
  public Operations operations() {
    return new LiveOperations(installation.version(), clock, this);
  }

  /**
   * Works until it is closed.
   *
   * @throws DaemonStopped if it can't go on: a socket that can't be had, an unreadable ledger, no
   *     storage root
   */
  public void run() throws DaemonStopped {
    running = true;
    presence.begin();
    LOG.info("event=daemon.start version={} config={}", installation.version(), settings().file());
    Warnings.log(settings());
    try (AdminServer admin = new AdminServer(settings().admin(), new Router(operations()))) {
      admin.start();
      while (!stopping) {
        presence.main().at("opens the connections", OPENING);
        try (Connections connections = Connections.open(settings(), installation, self, http)) {
          boolean good = configuration.begin(settings -> connect(connections, settings));
          while (good && !stopping) {
            good = holdOrStandBy(connections);
          }
        } catch (Connections.RootUnclear e) {
          throw new DaemonStopped(e.getMessage(), true, e);
        } catch (LedgerUnreadable e) {
          throw new DaemonStopped(
              "the ledger can't be read, so nothing is done: " + e.getMessage(), false, e);
        } catch (IOException e) {
          stand(new Standing.Starting(e.getMessage()), e.getMessage());
        } finally {
          connected = Optional.empty();
        }
      }
    } catch (IOException e) {
      throw new DaemonStopped(e.getMessage(), false, e);
    } finally {
      presence.close();
      self.login().close();
      LOG.info("event=daemon.stopped");
      ended.countDown();
    }
  }

  /**
   * A reload before they were there couldn't tell whether they would do for it; one that is under
   * way, and hasn't seen them, must have ended before that is looked at.
   */
  private boolean connect(Connections connections, Settings settings) {
    connected = Optional.of(connections);
    return connections.settings().equals(settings);
  }

  /** Whether the same connections will do for the next try; after a loss they may be the cause. */
  private boolean holdOrStandBy(Connections connections) throws IOException {
    presence.main().at("takes the ledger", OPENING);
    try {
      Call end = hold(connections);
      fenced = end == Call.LEDGER_LOST;
      return end == Call.HAND_OVER;
    } catch (LedgerHeld e) {
      if (fenced) {
        LOG.warn("event=ledger.taken by=\"{}\" next=\"stands by, and does nothing\"", e.owner());
      }
      fenced = false;
      Standing.Standby standby =
          Standing.Standby.of(e, clock.instant(), settings().ledger().silence());
      stand(standby, standby.held());
      return true;
    }
  }

  /** One term: until the ledger is lost or asked for, or the daemon is to stop. */
  private Call hold(Connections connections) throws LedgerHeld, IOException {
    // Only what is left of an earlier term: from here on a loss concerns this one.
    calls.removeIf(call -> call != Call.STOP);
    Ledger ledger = connections.ledger().tryOpen(this::lost);
    try (Term term = configuration.begin(settings -> begin(settings, connections, ledger))) {
      atWork.complete(null);
      LOG.info(
          "event=daemon.ready root={} jobs={}", connections.store().root(), term.fleet().jobs());
      presence.atWork(connections.watches());
      return awaitEnd(connections.ledger());
    } finally {
      standing = new Standing.Starting("letting go of the ledger, or taking it again");
      active = Optional.empty();
      atWork = new CompletableFuture<>();
    }
  }

  private Term begin(Settings settings, Connections connections, Ledger ledger) {
    Term term = new Term(settings, connections, ledger, clock, this::lost);
    term.start();
    active = Optional.of(new Active(connections, term));
    return term;
  }

  private Call awaitEnd(LedgerDirectory ledger) {
    LedgerDirectory.Watch watch = ledger.watchRequests(this::asked);
    try {
      Optional<Call> call = Optional.empty();
      while (call.isEmpty()) {
        call = awaitCall(Duration.ofDays(1));
      }
      return call.get();
    } finally {
      watch.close();
    }
  }

  private void asked(Owner asker) {
    LOG.info(
        "event=daemon.hands-over to=\"{}\" next=\"stands by; takes the ledger again if that one"
            + " doesn't\"",
        asker);
    calls.add(Call.HAND_OVER);
  }

  private void lost(LedgerLost loss) {
    LOG.warn(
        "event=ledger.lost reason=\"{}\" next=\"nothing is done until it is held again\"",
        loss.getMessage());
    // Before the lanes are waited for: somebody else may be starting these runs already.
    connected.ifPresent(Connections::endCommands);
    calls.add(Call.LEDGER_LOST);
  }

  private void stand(Standing next, String reason) {
    if (!told.equals(next.word() + reason)) {
      LOG.atLevel(next instanceof Standing.Standby ? Level.INFO : Level.WARN)
          .log(
              "event=daemon.{} reason=\"{}\" next=\"tried again every {}\"",
              next.word(),
              reason,
              Words.of(AGAIN));
    }
    told = next.word() + reason;
    standing = next;
    if (next instanceof Standing.Standby) {
      presence.standsBy();
    }
    awaitCall(AGAIN);
  }

  private Optional<Call> awaitCall(Duration atMost) {
    try {
      presence.main().at("waits", atMost);
      return Optional.ofNullable(calls.poll(atMost.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
      return Optional.of(Call.STOP);
    } finally {
      // Or what hangs from here on, such as a file system that is closed, would seem to wait.
      presence.main().at("lets go, or goes on", OPENING);
    }
  }

  /** Lets go of everything in order and returns when that is done, at the latest after 20 s. */
  @Override
  public void close() {
    stopping = true;
    presence.stopping("the jobs go on");
    try {
      awaitSavepoints();
      calls.add(Call.STOP);
      if (running && !ended.await(CLOSING.toSeconds(), TimeUnit.SECONDS)) {
        LOG.info(
            "event=daemon.slow next=\"ends anyway; open intents are resolved at the next start\"");
      }
    } catch (InterruptedException e) {
      calls.add(Call.STOP);
      Thread.currentThread().interrupt();
    }
  }

  private void awaitSavepoints() throws InterruptedException {
    Optional<Active> atStop = active;
    if (atStop.isEmpty()) {
      return;
    }
    atStop.get().term().fleet().windDown();
    new LastSavepoints(settings().savepointWait(), System::nanoTime)
        .await(
            () -> active.equals(atStop) ? atStop.get().term().withOpenSavepoints() : List.of(),
            presence::awaits,
            ended);
  }
}
