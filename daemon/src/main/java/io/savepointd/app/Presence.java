package io.savepointd.app;

import io.savepointd.admin.NotNow;
import io.savepointd.supervise.ClusterLook;
import io.savepointd.supervise.Progress;
import io.savepointd.systemd.Notifier;
import io.savepointd.systemd.Watchdog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon as the service manager sees it, kept up to date by a thread of its own. Where nobody
 * listens there is no such thread, and every call is a no-op.
 */
final class Presence implements AutoCloseable, Heartbeat.Body {
  private static final Logger LOG = LoggerFactory.getLogger(Presence.class);

  private final Daemon daemon;
  private final Clock clock;
  private final Duration again;
  private final Notifier notifier;
  private final Heartbeat heartbeat;
  private final Progress main = new Progress(System::nanoTime);
  private final StatusLine lines = new StatusLine(ZoneId.systemDefault());
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Optional<String> stopping = Optional.empty();
  private volatile Supplier<Optional<String>> notice = Optional::empty;

  /**
   * Of {@code daemon}.
   *
   * @param again how often what fails is tried again
   */
  Presence(Daemon daemon, Installation installation, Duration again) {
    this.daemon = daemon;
    this.clock = installation.clock();
    this.again = again;
    this.notifier = Notifier.of(installation.environment());
    Optional<Duration> watchdog =
        Watchdog.period(installation.environment(), ProcessHandle.current().pid());
    this.heartbeat = new Heartbeat(notifier, watchdog, clock, System::nanoTime, this);
  }

  /** What the daemon's main loop is at. */
  Progress main() {
    return main;
  }

  /** A sentence that the status line is to carry for as long as there is one. */
  void notice(Supplier<Optional<String>> sentence) {
    notice = sentence;
  }

  /** Begins to tell. */
  void begin() {
    if (notifier.listened()) {
      Thread thread = new Thread(this::beat, "heartbeat");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void beat() {
    try {
      do {
        beatOnce();
      } while (!closed.await(heartbeat.pace().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOnce() {
    try {
      heartbeat.tick();
    } catch (RuntimeException e) {
      LOG.error("event=heartbeat.bug next=\"again in {}\"", heartbeat.pace(), e);
    }
  }

  /** The ledger is held and the schedules stand: ready once each cluster was asked. */
  void atWork(Collection<? extends ClusterLook> clusters) {
    if (notifier.listened()) {
      Instant begun = clock.instant();
      Thread thread =
          new Thread(
              () -> {
                clusters.forEach(cluster -> cluster.look(begun));
                ready();
              },
              "first-look");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Another one works; being there for when it fails is all that is asked of this one. */
  void standsBy() {
    if (notifier.listened()) {
      ready();
    }
  }

  private void ready() {
    heartbeat.ready();
    beatOnce();
  }

  /** The stop has begun. */
  void stopping(String why) {
    if (stopping.isEmpty()) {
      stopping = Optional.of(why);
      heartbeat.stopping();
    }
  }

  /** The stop waits for the savepoints of {@code jobs}, at most so long from now. */
  void awaits(String jobs, Duration left) {
    stopping = Optional.of(LastSavepoints.words(jobs, left));
    heartbeat.extend(left.plus(Heartbeat.EXTENSION));
  }

  /** A reload begins. */
  void reloading() {
    heartbeat.reloading();
  }

  /** A reload is over, whatever has come of it; {@link #notice} may say that. */
  void reloaded() {
    if (notifier.listened()) {
      heartbeat.reloaded();
    }
  }

  @Override
  public String line(Instant now) {
    Optional<String> said = notice.get().map(StatusLine::line);
    if (stopping.isPresent()) {
      return StatusLine.line("stopping: " + stopping.get());
    }
    if (daemon.active().isEmpty()) {
      return lines.idle(daemon.standing(), again, said);
    }
    try {
      return lines.atWork(daemon.operations().status().jobs(), said, now);
    } catch (NotNow e) {
      return StatusLine.line(e.getMessage());
    }
  }

  @Override
  public Map<String, Progress> parts() {
    Map<String, Progress> parts = new LinkedHashMap<>();
    parts.put("the main loop", main);
    for (Daemon.Active active : active()) {
      active.term().fleet().progress().forEach((job, p) -> parts.put("the lane of " + job, p));
    }
    return parts;
  }

  @Override
  public boolean schedulesOverdue(Instant now) {
    return active().stream().anyMatch(a -> a.term().schedulesOverdue(now));
  }

  private List<Daemon.Active> active() {
    return daemon.active().stream().toList();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
