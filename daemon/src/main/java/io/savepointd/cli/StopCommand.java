package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd stop}. */
@Command(
    name = "stop",
    description = "Stops a job with a savepoint; it stays stopped until it is started by command.",
    footer = {
      "",
      "A stop stands until it is done: across outages, restarts of the daemon, and deaths of the",
      "run. `savepointd start JOB` lifts it. Without a daemon it is done here and now."
    })
final class StopCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job; it must be named.")
  private String job = "";

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/stop", Map.of("job", job)), spec.commandLine().getOut()::println)
        .value;
  }
}
