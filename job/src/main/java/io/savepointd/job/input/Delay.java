package io.savepointd.job.input;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Futures that complete by themselves after a while. */
interface Delay extends AutoCloseable {
  /** Completes on another thread; never after {@link #close}. */
  CompletableFuture<Void> after(Duration time);

  @Override
  void close();
}
