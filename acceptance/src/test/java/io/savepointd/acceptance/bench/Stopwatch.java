package io.savepointd.acceptance.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes one kind of time, again and again. */
final class Stopwatch {

  private final List<Duration> taken = new ArrayList<>();

  /** What is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  /** Measures by the wall clock. */
  void time(Work work) throws IOException {
    long from = System.nanoTime();
    work.run();
    add(Duration.ofNanos(System.nanoTime() - from));
  }

  void add(Duration measured) {
    taken.add(measured);
  }

  Figures figures() {
    return new Figures(taken);
  }
}
