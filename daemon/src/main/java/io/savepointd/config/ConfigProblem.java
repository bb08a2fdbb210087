package io.savepointd.config;

import java.util.Comparator;

/**
 * One fault of a configuration file; ordered by where it stands.
 *
 * @param file the file the value stands in (an included one has its own name)
 * @param line from 1; 0 where the fault is something missing from the whole file
 * @param key the full path, such as {@code savepointd.jobs.averaging.jar}; empty where the fault is
 *     the file's as a whole (it can't be read, or isn't HOCON)
 * @param reason what is wrong and what would be right
 */
public record ConfigProblem(String file, int line, String key, String reason)
    implements Comparable<ConfigProblem> {
  private static final Comparator<ConfigProblem> BY_PLACE =
      Comparator.comparing(ConfigProblem::file)
          .thenComparingInt(ConfigProblem::line)
          .thenComparing(ConfigProblem::key)
          .thenComparing(ConfigProblem::reason);

  @Override
  public int compareTo(ConfigProblem other) {
    return BY_PLACE.compare(this, other);
  }

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + reason;
  }
}
