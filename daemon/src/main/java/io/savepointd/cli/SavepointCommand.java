package io.savepointd.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code savepointd savepoint}. */
@Command(
    name = "savepoint",
    description = "Takes a savepoint now, verifies and retains it; waits for the outcome.")
final class SavepointCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/savepoint", job.query()), spec.commandLine().getOut()::println)
        .value;
  }
}
