package io.savepointd.storage;

import java.util.Optional;

/**
 * What an exception says, on one line: Hadoop's carry whole stack traces of the server. Where
 * Kerberos is its matter, what that means too.
 */
final class Reasons {
  private Reasons() {}

  static String of(Throwable failure) {
    return said(failure) + KerberosReasons.of(failure).map(m -> " - " + m).orElse("");
  }

  private static String said(Throwable failure) {
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
