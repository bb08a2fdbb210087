package io.savepointd.ledger;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that passes on this machine alone, whatever is done to its clock; stepped in tests. */
interface MonotonicTime {
  /** Nanoseconds since some moment. */
  long nanos();

  /** Lets {@code duration} pass. */
  void pause(Duration duration) throws InterruptedIOException;

  /** The machine's own. */
  static MonotonicTime system() {
    return new MonotonicTime() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedIOException {
        long until = nanos() + duration.toNanos();
        for (long left = until - nanos(); left > 0; left = until - nanos()) {
          if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the ledger");
          }
          LockSupport.parkNanos(this, left);
        }
      }
    };
  }
}
