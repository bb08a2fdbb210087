package io.savepointd.doctor;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Failures and numbers as people read them. */
final class Words {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Words() {}

  static String of(IOException failure) {
    return Optional.ofNullable(failure.getMessage())
        .filter(message -> !message.isBlank())
        .map(message -> message.lines().findFirst().orElse(message))
        .orElseGet(() -> failure.getClass().getSimpleName());
  }

  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
