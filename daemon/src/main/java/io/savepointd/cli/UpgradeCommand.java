package io.savepointd.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code savepointd upgrade}. */
@Command(
    name = "upgrade",
    description =
        "Lets a running job go on as the configuration says by now, from a savepoint of its stop.",
    footer = {
      "",
      "What changes is the jar, entry-class, args, parallelism and flink-configuration. The new"
          + " run",
      "must complete a checkpoint within timeouts.upgrade; otherwise the job goes back to what was",
      "running, from that same savepoint, whatever became of the jar's file meanwhile."
    })
final class UpgradeCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "JOB", description = "The job; it must be named.")
  private String job = "";

  @Option(
      names = "--allow-non-restored-state",
      description = "State that has no place in the new program may be lost, this once.")
  private boolean allowNonRestoredState;

  @Option(names = "--dry-run", description = "Say what would be changed, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query =
        Map.of(
            "job",
            job,
            "allow-non-restored-state",
            String.valueOf(allowNonRestoredState),
            "dry-run",
            String.valueOf(dryRun));
    return Asking.outcomes(
            asking.ask("POST", "/upgrade", query), spec.commandLine().getOut()::println)
        .value;
  }
}
