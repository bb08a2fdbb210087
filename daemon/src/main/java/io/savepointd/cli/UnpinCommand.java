package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd unpin}. */
@Command(
    name = "unpin",
    description = "Leaves a pinned savepoint to retention again.",
    footer = {"", "Retention may delete it at its next turn: `prune --dry-run` tells."})
final class UnpinCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SAVEPOINT",
      description = "The beginning of its id, as `list` shows it; unique over all jobs.")
  private String savepoint = "";

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/unpin", Map.of("savepoint", savepoint)),
            spec.commandLine().getOut()::println)
        .value;
  }
}
