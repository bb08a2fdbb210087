package io.savepointd.flink;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Flink versions that the acceptance tests run on, as {@code docs/versions.md} has them. What
 * is asked of a cluster is the same for all versions, so another one is worked with, and only said.
 */
public final class TestedFlinks {
  /** In order; of each the newest patch release is tested, and stands for the others. */
  static final List<String> MINORS = List.of("1.18", "1.19", "1.20", "2.0", "2.1", "2.2", "2.3");

  private TestedFlinks() {}

  /**
   * What a person has to know of a cluster that runs {@code version}, as it says itself; empty for
   * a tested one.
   */
  public static Optional<String> remark(String version) {
    Optional<FlinkRelease> seen = FlinkRelease.of(version);
    if (seen.isEmpty()) {
      return Optional.of(
          "'" + version + "' is no version of Flink that is known: " + tested() + " were tested");
    }
    return MINORS.contains(seen.get().toString())
        ? Optional.empty()
        : Optional.of(
            "Flink "
                + version
                + " was not tested: "
                + tested()
                + " were; it is treated as "
                + nearest(seen.get())
                + " is");
  }

  private static String tested() {
    return MINORS.get(0) + " to " + MINORS.get(MINORS.size() - 1);
  }

  /** The newest that isn't newer, or the oldest. */
  private static FlinkRelease nearest(FlinkRelease seen) {
    List<FlinkRelease> all =
        MINORS.stream().flatMap(minor -> FlinkRelease.of(minor).stream()).toList();
    return all.stream()
        .filter(minor -> minor.compareTo(seen) < 0)
        .max(Comparator.naturalOrder())
        .orElse(all.get(0));
  }
}
