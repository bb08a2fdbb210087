package io.savepointd.job.input;

import java.time.Duration;

/** Waiting times that double from the least to the most. Used by one thread. */
final class Backoff {
  private final Duration least;
  private final Duration most;
  private Duration next;

  Backoff(Duration least, Duration most) {
    this.least = least;
    this.most = most;
    this.next = least;
  }

  Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(most) > 0 ? most : doubled;
    return now;
  }

  void reset() {
    next = least;
  }
}
