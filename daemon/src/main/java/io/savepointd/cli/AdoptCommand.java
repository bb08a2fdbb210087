package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd adopt}. */
@Command(
    name = "adopt",
    description = "Takes a savepoint that was made by hand into the ledger, verified first.",
    footer = {
      "",
      "From then on it is the job's like any other: the newest one is restored from. It stays where",
      "it is and savepointd never deletes it. Its time is that of its _metadata; it counts as",
      "canonical, unless it needs files outside its own directory."
    })
final class AdoptCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job whose state it is.")
  private String job = "";

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "Its directory; without a scheme, on the storage root's file system.")
  private String path = "";

  @Override
  public Integer call() throws CommandFailed {
    return Asking.outcomes(
            asking.ask("POST", "/adopt", Map.of("job", job, "path", path)),
            spec.commandLine().getOut()::println)
        .value;
  }
}
