package io.savepointd.job.input;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Permits so many records a second. What couldn't be sent for up to one second (backpressure, a
 * long pause) is caught up with; more than that is let go, so that no flood follows.
 */
final class SteadyPace implements Pace {
  private static final double NANOS = 1e9;

  /** At high rates records go in small groups rather than with one timer for each. */
  private static final long SHORTEST_WAIT_NANOS = Duration.ofMillis(1).toNanos();

  private final double rate;
  private final LongSupplier nanoTime;
  private final Delay delay;
  private double permits = 1;
  private long filledAt;
  private CompletableFuture<Void> wakeUp = CompletableFuture.completedFuture(null);

  /**
   * @param rate records a second, at least 1
   */
  SteadyPace(long rate, LongSupplier nanoTime, Delay delay) {
    this.rate = rate;
    this.nanoTime = nanoTime;
    this.delay = delay;
    this.filledAt = nanoTime.getAsLong();
  }

  @Override
  public boolean take() {
    fill();
    if (permits < 1) {
      return false;
    }
    permits -= 1;
    return true;
  }

  @Override
  public CompletableFuture<Void> available() {
    fill();
    if (permits >= 1) {
      return CompletableFuture.completedFuture(null);
    }
    if (wakeUp.isDone()) {
      long nanos = (long) Math.ceil((1 - permits) * NANOS / rate);
      wakeUp = delay.after(Duration.ofNanos(Math.max(nanos, SHORTEST_WAIT_NANOS)));
    }
    return wakeUp;
  }

  private void fill() {
    long now = nanoTime.getAsLong();
    permits = Math.min(rate, permits + (now - filledAt) * rate / NANOS);
    filledAt = now;
  }

  @Override
  public void close() {
    delay.close();
  }
}
