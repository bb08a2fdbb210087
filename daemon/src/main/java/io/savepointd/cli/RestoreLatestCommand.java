package io.savepointd.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code savepointd restore-latest}. */
@Command(
    name = "restore-latest",
    description = {
      "Brings a job back from its newest retained savepoint, verified first.",
      "With restore.from = latest-state, from a newer checkpoint that Flink has left."
    })
final class RestoreLatestCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Option(
      names = "--replace",
      description = "Cancel a run that is alive first; without it that is refused.")
  private boolean replace;

  @Option(
      names = "--from",
      paramLabel = "PATH|ID",
      description = "From this savepoint or checkpoint instead of the newest.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = job.query();
    from.ifPresent(f -> query.put("from", f));
    query.put("replace", String.valueOf(replace));
    query.put("dry-run", String.valueOf(dryRun));
    return Asking.outcomes(
            asking.ask("POST", "/restore-latest", query), spec.commandLine().getOut()::println)
        .value;
  }
}
