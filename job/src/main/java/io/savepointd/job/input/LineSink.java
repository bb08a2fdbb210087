package io.savepointd.job.input;

/** Takes one line; may wait for room. */
@FunctionalInterface
interface LineSink {
  void accept(String line) throws InterruptedException;
}
