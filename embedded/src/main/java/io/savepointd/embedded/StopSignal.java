package io.savepointd.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows when the world must end: its input was closed (whoever started it is gone), or SIGTERM
 * came.
 *
 * <p>An end that hangs is cut short: {@value #SECONDS_TO_CLOSE} s after the signal the process is
 * halted.
 */
final class StopSignal {

  static final int SECONDS_TO_CLOSE = 12;
  private static final int EXIT_HALTED = 3;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  /** Watches {@code input} and the process's own shutdown from now on. */
  static StopSignal watching(InputStream input) {
    StopSignal signal = new StopSignal();
    Thread reader = new Thread(() -> signal.untilEnd(input), "parent-watch");
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::askAndAwait, "stop-signal"));
    return signal;
  }

  private void untilEnd(InputStream input) {
    try {
      input.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken input says the same as a closed one: nobody is there any more.
    }
    askAndAwait();
  }

  private void askAndAwait() {
    asked.countDown();
    try {
      if (!done.await(SECONDS_TO_CLOSE, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(EXIT_HALTED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Without a deadline on purpose: the world lives until somebody ends it. */
  void await() throws InterruptedException {
    asked.await();
  }

  /** Everything is closed: the process may go. */
  void done() {
    done.countDown();
  }
}
