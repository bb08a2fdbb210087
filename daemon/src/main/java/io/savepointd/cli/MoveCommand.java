package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd move}. */
@Command(
    name = "move",
    description = "Lets a running job go on on another cluster, from a savepoint of its stop.",
    footer = {
      "",
      "It goes on with what it runs, not with what the configuration says by now. The run on the",
      "new cluster must complete a checkpoint within timeouts.upgrade; otherwise it is cancelled",
      "there and the job goes back to the old cluster, from that same savepoint.",
      "Afterwards put the new cluster into the job's configuration; `status` says so until then."
    })
final class MoveCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job; it must be named.")
  private String job = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "CLUSTER",
      description = "A cluster of the configuration.")
  private String to = "";

  @Option(
      names = "--allow-older-flink",
      description =
          "Try it though that cluster runs an older Flink, which can't read the savepoint of a newer"
              + " one.")
  private boolean allowOlderFlink;

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query =
        Map.of(
            "job",
            job,
            "to",
            to,
            "allow-older-flink",
            String.valueOf(allowOlderFlink),
            "dry-run",
            String.valueOf(dryRun));
    return Asking.outcomes(asking.ask("POST", "/move", query), spec.commandLine().getOut()::println)
        .value;
  }
}
