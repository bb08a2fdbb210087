package io.savepointd.job.input;

import java.util.concurrent.CompletableFuture;

/** Says when the next record may go. Used by one thread. */
interface Pace extends AutoCloseable {
  /** Takes the permission for one record, if there is one now. */
  boolean take();

  /** Completes, possibly on another thread, when {@link #take} is worth another try. */
  CompletableFuture<Void> available();

  @Override
  void close();
}
