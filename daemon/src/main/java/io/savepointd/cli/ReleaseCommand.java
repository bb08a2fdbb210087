package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd release}. */
@Command(
    name = "release",
    description = "Lifts the hold on a job, and forgets the deaths before.",
    footer = {
      "",
      "The job is then started as its configuration says; by the daemon, if one runs.",
      "`savepointd start JOB` does both at once."
    })
final class ReleaseCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job.")
  private String job = "";

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/release", Map.of("job", job)),
            spec.commandLine().getOut()::println)
        .value;
  }
}
