package io.savepointd.flink;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first two numbers of a Flink version, which say what it can do. */
public record FlinkRelease(int major, int minor) implements Comparable<FlinkRelease> {
  /** Vendors put more behind it: {@code 1.20.1-amzn-0}. */
  private static final Pattern BEGINNING = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");

  /** Of a version as a cluster says it; empty if it looks like none. */
  public static Optional<FlinkRelease> of(String version) {
    Matcher matcher = BEGINNING.matcher(version);
    return matcher.matches()
        ? Optional.of(
            new FlinkRelease(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Of the savepoints that it writes, the version of their {@code _metadata}, and so the newest
   * that it reads (Flink's {@code MetadataV4Serializer} and its successors; seen on all of 1.18 to
   * 2.3).
   */
  public int savepointFormat() {
    if (major < 2) {
      return 4;
    }
    return major == 2 && minor == 0 ? 5 : 6;
  }

  @Override
  public int compareTo(FlinkRelease other) {
    return Comparator.comparingInt(FlinkRelease::major)
        .thenComparing(FlinkRelease::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
