package io.savepointd.app;

import io.savepointd.supervise.Progress;
import io.savepointd.systemd.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service manager is told at each tick: the status line where it has changed, once that
 * the daemon is ready, and a sign of life as long as everything makes progress. Time is measured by
 * {@code nanos}, which nobody can set.
 */
final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration EXTEND_EVERY = Duration.ofSeconds(10);

  /** Also the patience with a start that makes no progress, beyond its own bounds. */
  static final Duration EXTENSION = Duration.ofSeconds(60);

  private final Notifier notifier;
  private final Optional<Duration> watchdog;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Body body;
  private final Progress schedules;

  private String told = "";
  private boolean ready;
  private boolean readyTold;
  private boolean stopping;
  private Optional<Long> extendedAt = Optional.empty();
  private Optional<Long> aliveAt = Optional.empty();
  private Optional<String> withheldFor = Optional.empty();

  /** Whose heart beats. */
  interface Body {
    /** What to say of it. */
    String line(Instant now);

    /** What each of its threads is at, by a name for people. */
    Map<String, Progress> parts();

    /** Whether a firing that is due doesn't come. */
    boolean schedulesOverdue(Instant now);
  }

  /** What doesn't get on. */
  private record Stalled(String part, Progress.Stall stall) {}

  Heartbeat(
      Notifier notifier, Optional<Duration> watchdog, Clock clock, LongSupplier nanos, Body body) {
    this.notifier = notifier;
    this.watchdog = watchdog;
    this.clock = clock;
    this.nanos = nanos;
    this.body = body;
    this.schedules = new Progress(nanos);
    schedules.at("fires what is due", Duration.ZERO);
  }

  /** How long to wait between two ticks. */
  Duration pace() {
    return watchdog
        .map(period -> period.dividedBy(3))
        .filter(third -> third.compareTo(SECOND) < 0)
        .orElse(SECOND);
  }

  /** Said from the next tick on. */
  synchronized void ready() {
    ready = true;
  }

  /** Said at once; nothing is withheld any more, since the unit bounds the stop by itself. */
  synchronized void stopping() {
    stopping = true;
    told = body.line(clock.instant());
    notifier.stopping(told);
  }

  /** The stop waits for something, at most so long. */
  synchronized void extend(Duration by) {
    notifier.extendTimeout(by);
  }

  /** A reload begins. */
  synchronized void reloading() {
    notifier.reloading(nanos.getAsLong(), told);
  }

  /** A reload is over. */
  synchronized void reloaded() {
    readyTold = false;
    tellHowItStands();
  }

  synchronized void tick() {
    Instant now = clock.instant();
    if (!body.schedulesOverdue(now)) {
      schedules.beat();
    }
    Optional<Stalled> stalled = stopping ? Optional.empty() : stalled();
    if (readyTold) {
      watchdog.ifPresent(period -> giveSignOfLife(stalled, period, now));
    } else if (stalled.isEmpty() && due(extendedAt, EXTEND_EVERY) && !stopping) {
      extendedAt = Optional.of(nanos.getAsLong());
      notifier.extendTimeout(EXTENSION);
    }
    tellHowItStands();
  }

  private void tellHowItStands() {
    String line = body.line(clock.instant());
    if (ready && !readyTold && !stopping) {
      readyTold = notifier.ready(line);
      told = readyTold ? line : told;
    } else if (!line.equals(told) && notifier.status(line)) {
      told = line;
    }
  }

  private boolean due(Optional<Long> last, Duration every) {
    return last.filter(at -> nanos.getAsLong() - at < every.toNanos()).isEmpty();
  }

  private Optional<Stalled> stalled() {
    Duration grace = watchdog.orElse(EXTENSION);
    Optional<Stalled> dead = schedules.stall(grace).map(s -> new Stalled("the scheduler", s));
    for (Map.Entry<String, Progress> part : body.parts().entrySet()) {
      dead = dead.or(() -> part.getValue().stall(grace).map(s -> new Stalled(part.getKey(), s)));
    }
    return dead;
  }

  private void giveSignOfLife(Optional<Stalled> stalled, Duration period, Instant now) {
    if (stalled.isPresent()) {
      withhold(stalled.get(), period, now);
      return;
    }
    if (!stopping) {
      withheldFor.ifPresent(part -> LOG.info("event=watchdog.resumed part=\"{}\"", part));
    }
    withheldFor = Optional.empty();
    if (due(aliveAt, period.dividedBy(3)) && notifier.watchdog()) {
      aliveAt = Optional.of(nanos.getAsLong());
    }
  }

  private void withhold(Stalled stalled, Duration period, Instant now) {
    if (withheldFor.isPresent()) {
      return;
    }
    withheldFor = Optional.of(stalled.part());
    Duration since = Duration.ofNanos(nanos.getAsLong() - aliveAt.orElse(nanos.getAsLong()));
    LOG.warn(
        "event=watchdog.withheld part=\"{}\" doing=\"{}\" since={} next=\"systemd ends the daemon at"
            + " {} and starts it again; the jobs go on\"",
        stalled.part(),
        stalled.stall().doing(),
        now.minus(stalled.stall().lasting()),
        now.plus(period.minus(since)));
  }
}
