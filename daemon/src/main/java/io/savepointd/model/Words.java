package io.savepointd.model;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes as people are told them. */
public final class Words {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Words() {}

  /** Its two largest units, such as {@code 7d} or {@code 1h 30m}. */
  public static String of(Duration time) {
    if (time.toDays() > 0) {
      return two(time.toDays(), "d", time.toHoursPart(), "h");
    }
    if (time.toHours() > 0) {
      return two(time.toHours(), "h", time.toMinutesPart(), "m");
    }
    if (time.toMinutes() > 0) {
      return two(time.toMinutes(), "m", time.toSecondsPart(), "s");
    }
    return time.toSeconds() > 0
        ? two(time.toSeconds(), "s", time.toMillisPart(), "ms")
        : time.toMillis() + "ms";
  }

  private static String two(long large, String unit, int small, String smallerUnit) {
    return large + unit + (small == 0 ? "" : " " + small + smallerUnit);
  }

  /** Such as {@code 1 job}, {@code 2 jobs}. */
  public static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /** Such as {@code 500.0 GiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
