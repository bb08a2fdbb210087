package io.savepointd.config;

/**
 * One fault of a configuration file.
 *
 * @param file the file the value stands in (an included one has its own name)
 * @param line from 1; 0 where the fault is something missing from the whole file
 * @param key the full path, such as {@code savepointd.jobs.averaging.jar}
 * @param reason what is wrong and what would be right
 */
public record ConfigProblem(String file, int line, String key, String reason) {
  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line : "") + ": " + key + ": " + reason;
  }
}
