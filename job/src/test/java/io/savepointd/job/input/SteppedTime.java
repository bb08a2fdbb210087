package io.savepointd.job.input;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Time that passes when a test says so. */
final class SteppedTime implements Delay, LongSupplier {
  private record Waiting(long until, CompletableFuture<Void> future) {}

  private final List<Waiting> waiting = new ArrayList<>();
  private long now;
  private boolean closed;

  @Override
  public long getAsLong() {
    return now;
  }

  @Override
  public CompletableFuture<Void> after(Duration time) {
    Waiting added = new Waiting(now + time.toNanos(), new CompletableFuture<>());
    waiting.add(added);
    return added.future();
  }

  void passes(Duration time) {
    now += time.toNanos();
    waiting.stream()
        .filter(each -> each.until() <= now)
        .forEach(each -> each.future().complete(null));
  }

  int timers() {
    return waiting.size();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
