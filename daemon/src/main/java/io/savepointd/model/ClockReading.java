package io.savepointd.model;

import java.time.Duration;
import java.time.Instant;

/**
 * Another machine's clock, read between two looks at our own.
 *
 * @param theirs at some moment between {@code before} and {@code after}, cut to {@code resolution}
 */
public record ClockReading(Instant before, Instant after, Instant theirs, Duration resolution) {
  /**
   * How far the other clock is at least ahead of ours, negative if it is behind; zero if the two
   * may agree as far as this reading can tell.
   */
  public Duration ahead() {
    if (theirs.isAfter(after)) {
      return Duration.between(after, theirs);
    }
    Instant theirLatest = theirs.plus(resolution);
    return theirLatest.isBefore(before) ? Duration.between(before, theirLatest) : Duration.ZERO;
  }
}
