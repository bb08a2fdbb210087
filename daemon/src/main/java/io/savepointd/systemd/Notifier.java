package io.savepointd.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager how this process stands, by the protocol of sd_notify(3). Each call
 * returns whether the message has left; one that can't be sent is a warning, once, and nothing
 * more. Safe for several threads, and never waits.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final Optional<Datagrams> datagrams;
  private final AtomicBoolean failed = new AtomicBoolean();

  /** To {@code datagrams}, if there are any. */
  public Notifier(Optional<Datagrams> datagrams) {
    this.datagrams = datagrams;
  }

  /** To the manager that {@code NOTIFY_SOCKET} names; a silent one where there is none. */
  public static Notifier of(Map<String, String> environment) {
    String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (socket.isBlank()) {
      return silent();
    }
    try {
      return new Notifier(Optional.of(new LibcDatagrams(socket)));
    } catch (IllegalArgumentException e) {
      LOG.warn("event=notify.impossible reason=\"{}\" next=\"nothing is told\"", e.getMessage());
      return silent();
    }
  }

  /** Nobody listens. */
  public static Notifier silent() {
    return new Notifier(Optional.empty());
  }

  /** Whether there is anybody to tell. */
  public boolean listened() {
    return datagrams.isPresent();
  }

  /** The start is over, or a reload. */
  public boolean ready(String status) {
    return send("READY=1\nSTATUS=" + status);
  }

  /** One line for {@code systemctl status}. */
  public boolean status(String line) {
    return send("STATUS=" + line);
  }

  /** A sign of life; without one for the unit's {@code WatchdogSec=} the process is ended. */
  public boolean watchdog() {
    return send("WATCHDOG=1");
  }

  /** A start or stop under way may take so much longer, counted from now. */
  public boolean extendTimeout(Duration by) {
    return send("EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(by.toNanos()));
  }

  /**
   * A reload begins; {@link #ready} ends it.
   *
   * @param nanos of {@link System#nanoTime}, which on Linux is the CLOCK_MONOTONIC that systemd 253
   *     and newer compare it with
   */
  public boolean reloading(long nanos, String status) {
    return send(
        "RELOADING=1\nMONOTONIC_USEC="
            + TimeUnit.NANOSECONDS.toMicros(nanos)
            + "\nSTATUS="
            + status);
  }

  /** The stop has begun. */
  public boolean stopping(String status) {
    return send("STOPPING=1\nSTATUS=" + status);
  }

  private boolean send(String message) {
    if (datagrams.isEmpty()) {
      return false;
    }
    try {
      datagrams.get().send(message.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (IOException e) {
      if (!failed.getAndSet(true)) {
        LOG.warn(
            "event=notify.failed reason=\"{}\" next=\"tried again each time, without a further"
                + " warning\"",
            e.getMessage());
      }
      return false;
    }
  }
}
