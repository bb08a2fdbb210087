package io.savepointd.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** The job that a command is for, where naming none means every one. */
final class JobArgument {
  @Parameters(arity = "0..1", paramLabel = "JOB", description = "This job only; default: all.")
  private Optional<String> job = Optional.empty();

  /** A query that says it, to be added to. */
  Map<String, String> query() {
    Map<String, String> query = new HashMap<>();
    job.ifPresent(j -> query.put("job", j));
    return query;
  }
}
