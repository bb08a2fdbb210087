package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code savepointd savepoint}. */
@Command(
    name = "savepoint",
    description = "Takes a savepoint now, verifies and retains it; waits for the outcome.")
final class SavepointCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Option(
      names = "--native",
      description =
          "In the state backend's own format: faster, and only the same backend can read it.")
  private boolean inNativeFormat;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = job.query();
    if (inNativeFormat) {
      query.put("native", "true");
    }
    return Asking.outcomes(
            asking.ask("POST", "/savepoint", query), spec.commandLine().getOut()::println)
        .value;
  }
}
