package io.savepointd.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code savepointd prune}. */
@Command(
    name = "prune",
    description = "Deletes what retention no longer wants, or says what it would delete.")
final class PruneCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Default: every job.")
  private Optional<String> job = Optional.empty();

  @Option(names = "--dry-run", description = "Explain each decision, and delete nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = new HashMap<>();
    job.ifPresent(j -> query.put("job", j));
    query.put("dry-run", String.valueOf(dryRun));
    JsonNode body = asking.ask("POST", "/prune", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return Asking.outcomes(body, line -> {}).value;
    }
    Table table = new Table("ID", "JOB", "TAKEN AT", "SIZE", "SCHEDULE", "DECISION", "REASON");
    for (JsonNode decision : body.path("decisions")) {
      table.row(
          Human.id(decision.path("id").asString()),
          decision.path("job").asString(),
          Human.time(decision.path("takenAt")),
          Human.bytes(decision.path("bytes").asLong()),
          decision.path("schedule").asString("(command)"),
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
