package io.savepointd.job.input;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A thread of its own that ends with the reader, so that it can't keep the user class loader. */
final class TimerDelay implements Delay {
  private final ScheduledExecutorService timer;

  TimerDelay(String threadName) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, threadName);
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public CompletableFuture<Void> after(Duration time) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    var unused = timer.schedule(() -> future.complete(null), time.toNanos(), TimeUnit.NANOSECONDS);
    return future;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
