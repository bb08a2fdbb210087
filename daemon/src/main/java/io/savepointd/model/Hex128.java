package io.savepointd.model;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The shape that Flink's JobIDs and trigger ids share: 128 bits in lower-case hexadecimal. */
final class Hex128 {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");

  private Hex128() {}

  static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  static void require(String value) {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no id: 32 hexadecimal digits expected");
    }
  }

  static String random(RandomGenerator random) {
    return String.format("%016x%016x", random.nextLong(), random.nextLong());
  }
}
