package io.savepointd.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd savepoint}. */
@Command(
    name = "savepoint",
    description = "Takes a savepoint now, verifies and retains it; waits for the outcome.")
final class SavepointCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Default: every job.")
  private Optional<String> job = Optional.empty();

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = new HashMap<>();
    job.ifPresent(j -> query.put("job", j));
    return Asking.outcomes(
            asking.ask("POST", "/savepoint", query), spec.commandLine().getOut()::println)
        .value;
  }
}
