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

/** {@code savepointd prune}. */
@Command(
    name = "prune",
    description = "Deletes what retention no longer wants, or says what it would delete.")
final class PruneCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Option(names = "--dry-run", description = "Explain each decision, and delete nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = job.query();
    query.put("dry-run", String.valueOf(dryRun));
    JsonNode body = asking.ask("POST", "/prune", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return Asking.outcomes(body, line -> {}).value;
    }
    Table table = new Table("ID", "JOB", "TAKEN AT", "SIZE", "OCCASION", "DECISION", "REASON");
    for (JsonNode decision : body.path("decisions")) {
      table.row(
          Human.id(decision.path("id").asString()),
          decision.path("job").asString(),
          Human.time(decision.path("takenAt")),
          Human.bytes(decision.path("bytes").asLong()),
          Human.occasion(decision),
          decision.path("decision").asString(),
          decision.path("reason").asString());
    }
    table.lines().forEach(out::println);
    for (JsonNode warning : body.path("warnings")) {
      out.println(warning.asString());
    }
    return Asking.outcomes(body, out::println).value;
  }
}
