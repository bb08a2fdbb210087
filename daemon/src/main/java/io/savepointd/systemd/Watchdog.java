package io.savepointd.systemd;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** What the service manager has asked for by sd_watchdog_enabled(3). */
public final class Watchdog {
  private Watchdog() {}

  /**
   * How long it waits for a sign of life before it ends this process; empty if it doesn't watch, or
   * watches another process.
   *
   * @param pid of this process
   */
  public static Optional<Duration> period(Map<String, String> environment, long pid) {
    String watched = environment.getOrDefault("WATCHDOG_PID", "");
    if (!watched.isBlank() && !watched.equals(Long.toString(pid))) {
      return Optional.empty();
    }
    try {
      long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
      return micros > 0 ? Optional.of(Duration.of(micros, ChronoUnit.MICROS)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
