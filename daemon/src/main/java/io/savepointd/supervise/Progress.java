package io.savepointd.supervise;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a thread is at, how long that may take by its own bounds, and since when: written by the
 * thread itself, read by whoever watches it. Goes by time that nobody can set.
 */
public final class Progress {
  private final LongSupplier nanos;
  private volatile Mark mark;

  private record Mark(String doing, long since, long allowance) {}

  /** What has taken too long. */
  public record Stall(String doing, Duration lasting) {}

  /** By {@code nanos}, as {@link System#nanoTime}. */
  public Progress(LongSupplier nanos) {
    this.nanos = nanos;
    this.mark = new Mark("waits for its beginning", nanos.getAsLong(), 0);
  }

  /** Of a thread that nobody watches. */
  public static Progress unwatched() {
    return new Progress(() -> 0);
  }

  /** From now on it is at this, which ends by itself within {@code allowance}. */
  public void at(String doing, Duration allowance) {
    mark = new Mark(doing, nanos.getAsLong(), allowance.toNanos());
  }

  /** It has got on with the same. */
  public void beat() {
    Mark last = mark;
    mark = new Mark(last.doing, nanos.getAsLong(), last.allowance);
  }

  /** What it is at, if that has taken longer than its own bounds and {@code grace} besides. */
  public Optional<Stall> stall(Duration grace) {
    Mark now = mark;
    long lasting = nanos.getAsLong() - now.since;
    return lasting - now.allowance > grace.toNanos()
        ? Optional.of(new Stall(now.doing, Duration.ofNanos(lasting)))
        : Optional.empty();
  }
}
