package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd start}. */
@Command(
    name = "start",
    description = "Starts a job as it would be started by itself, lifting a stop or a hold.",
    footer = {
      "",
      "That is from the newest good savepoint, or empty where that is allowed. `restore-latest`",
      "starts it from another one, or in place of a run that is alive."
    })
final class StartCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Option(
      names = "--empty",
      description = "Without any state, where savepointd won't do so by itself.")
  private boolean empty;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query =
        Map.of("job", job, "empty", String.valueOf(empty), "dry-run", String.valueOf(dryRun));
    return Asking.outcomes(
            asking.ask("POST", "/start", query), spec.commandLine().getOut()::println)
        .value;
  }
}
