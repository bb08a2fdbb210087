package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd start JOB --empty}. */
@Command(
    name = "start",
    description = "Starts a job without state, where savepointd won't do so by itself.")
final class StartCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Option(
      names = "--empty",
      required = true,
      description = "Without any state. `restore-latest` starts a job from its newest savepoint.")
  private boolean empty;

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/start", Map.of("job", job, "empty", String.valueOf(empty))),
            spec.commandLine().getOut()::println)
        .value;
  }
}
