package io.savepointd.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration with at least one fault; nothing of it is used. */
public final class ConfigRefused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** Refuses for these faults, at least one. */
  public ConfigRefused(List<ConfigProblem> problems) {
    super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Every fault found, ordered by file and line. */
  public List<ConfigProblem> problems() {
    return problems;
  }
}
