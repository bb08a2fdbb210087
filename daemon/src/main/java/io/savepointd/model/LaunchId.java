package io.savepointd.model;

import java.util.regex.Pattern;

/**
 * The digest of everything that a run is started with.
 *
 * @param value 64 hexadecimal digits
 */
public record LaunchId(String value) {
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  /** Refuses what is no digest. */
  public LaunchId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("'" + value + "' is no digest of 64 hexadecimal digits");
    }
  }

  /** Whether a text looks like one. */
  public static boolean isValid(String text) {
    return DIGITS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
