package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd pin}. */
@Command(
    name = "pin",
    description = "Keeps a savepoint, whatever retention says.",
    footer = {
      "",
      "A pinned savepoint counts for retention like any other; it is just never deleted."
    })
final class PinCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SAVEPOINT",
      description = "The beginning of its id, as `list` shows it; unique over all jobs.")
  private String savepoint = "";

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/pin", Map.of("savepoint", savepoint)),
            spec.commandLine().getOut()::println)
        .value;
  }
}
