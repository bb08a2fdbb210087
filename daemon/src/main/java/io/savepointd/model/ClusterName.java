package io.savepointd.model;

import java.util.regex.Pattern;

/**
 * The name a cluster has in the configuration.
 *
 * @param value one to 64 letters, digits, dots, underscores or hyphens, the first a letter or
 *     digit, so that it is one harmless path segment
 */
public record ClusterName(String value) implements Comparable<ClusterName> {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Refuses anything that isn't one path segment of the shape above. */
  public ClusterName {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "'" + value + "' is no name: letters, digits, '.', '_' and '-' only, at most 64");
    }
  }

  /** Whether {@code value} could be such a name. */
  public static boolean isValid(String value) {
    return SHAPE.matcher(value).matches();
  }

  @Override
  public int compareTo(ClusterName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
