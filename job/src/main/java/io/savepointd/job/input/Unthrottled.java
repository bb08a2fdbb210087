package io.savepointd.job.input;

import java.util.concurrent.CompletableFuture;

/** Permits everything. */
final class Unthrottled implements Pace {
  @Override
  public boolean take() {
    return true;
  }

  @Override
  public CompletableFuture<Void> available() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
