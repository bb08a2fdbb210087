package io.savepointd.job.input;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Warns at most once in an interval, and says how many warnings it has swallowed since the last
 * one. Used by one thread.
 */
final class BoundedLog {
  private final Logger log;
  private final Duration interval;
  private final LongSupplier nanoTime;
  private boolean spoken;
  private long spokenAt;
  private long suppressed;

  BoundedLog(Logger log, Duration interval, LongSupplier nanoTime) {
    this.log = log;
    this.interval = interval;
    this.nanoTime = nanoTime;
  }

  void warn(Supplier<String> message) {
    long now = nanoTime.getAsLong();
    if (spoken && now - spokenAt < interval.toNanos()) {
      suppressed++;
      return;
    }
    log.warn("{} suppressed={}", message.get(), suppressed);
    spoken = true;
    spokenAt = now;
    suppressed = 0;
  }
}
