package io.savepointd.storage;

import java.util.Optional;

/** What an exception says, on one line: Hadoop's carry whole stack traces of the server. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .map(String::strip)
        .filter(message -> !message.isEmpty())
        .map(message -> failure.getClass().getSimpleName() + ": " + firstLine(message))
        .orElseGet(() -> failure.getClass().getSimpleName());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
