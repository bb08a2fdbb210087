package io.savepointd.config;

import java.time.Duration;

/** Values as a person would write them in the file. */
final class Words {
  private Words() {}

  /** A duration in the largest unit that leaves no rest, such as {@code 90s}. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 != 0 ? seconds / 60 + "m" : seconds / 3600 + "h";
  }
}
