package io.savepointd.cli;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Sizes, ages and ids as people read them. */
final class Human {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Human() {}

  /** {@code 4.5 KiB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }

  /** {@code 42s}, {@code 4m}, {@code 3h 20m}, {@code 2d 4h}. */
  static String age(long seconds) {
    Duration age = Duration.ofSeconds(seconds);
    if (age.toMinutes() < 1) {
      return seconds + "s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + "m";
    }
    return age.toDays() < 1
        ? age.toHours() + "h " + age.toMinutesPart() + "m"
        : age.toDays() + "d " + age.toHoursPart() + "h";
  }

  /** {@code 87ms}, {@code 4.2s}, {@code 1m 27s}, and from an hour on as an age. */
  static String took(long millis) {
    if (millis < 1000) {
      return millis + "ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }
    Duration took = Duration.ofMillis(millis);
    return took.toHours() < 1
        ? took.toMinutes() + "m " + took.toSecondsPart() + "s"
        : age(took.toSeconds());
  }

  /** The schedule that a savepoint was taken for, or what else it was taken for. */
  static String occasion(JsonNode savepoint) {
    return switch (savepoint.path("occasion").asString("")) {
      case "stopping" -> "stop";
      case "adopted" -> "by hand";
      default -> savepoint.path("schedule").asString("by command");
    };
  }

  /** The first twelve digits, which are enough to name a savepoint or run. */
  static String id(String id) {
    return id.length() > 12 ? id.substring(0, 12) : id;
  }

  /** Without fractions of a second. */
  static String time(JsonNode instant) {
    String text = instant.asString("-");
    return text.replaceFirst("\\.\\d+Z$", "Z");
  }
}
