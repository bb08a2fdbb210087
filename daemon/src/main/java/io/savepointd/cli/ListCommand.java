package io.savepointd.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code savepointd list}. */
@Command(name = "list", description = "The savepoints on the ledger, newest first.")
final class ListCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Deleted ones too.")
  private boolean all;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = job.query();
    query.put("all", String.valueOf(all));
    JsonNode body = asking.ask("GET", "/savepoints", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return ExitCode.DONE.value;
    }
    Table table =
        new Table("ID", "JOB", "TAKEN AT", "STATE", "SIZE", "TOOK", "FROM RUN", "OCCASION", "PATH");
    for (JsonNode savepoint : body.path("savepoints")) {
      table.row(
          Human.id(savepoint.path("id").asString()),
          savepoint.path("job").asString(),
          Human.time(savepoint.path("takenAt")),
          savepoint.path("state").asString()
              + (savepoint.path("pinned").asBoolean(false) ? ", pinned" : ""),
          Human.bytes(savepoint.path("bytes").asLong()),
          took(savepoint.path("tookMillis")),
          Human.id(savepoint.path("run").asString("-")),
          Human.occasion(savepoint),
          savepoint.path("path").asString());
    }
    table.lines().forEach(out::println);
    return ExitCode.DONE.value;
  }

  private static String took(JsonNode millis) {
    return millis.isIntegralNumber() ? Human.took(millis.asLong()) : "-";
  }
}
