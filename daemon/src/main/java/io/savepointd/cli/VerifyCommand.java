package io.savepointd.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code savepointd verify}. */
@Command(
    name = "verify",
    description = "Looks now whether savepoints are whole, and takes bad ones out of use.",
    footer = {
      "",
      "A retained one that is damaged or missing is quarantined: kept, never restored from. A",
      "quarantined one is always read to the last byte, and retained again if it is good.",
      "Ends with 0 only if all are good, with 3 if the storage can't tell of one."
    })
final class VerifyCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "SAVEPOINT|JOB",
      description = "Beginnings of ids, as `list` shows them, or jobs; default: all there are.")
  private List<String> what = List.of();

  @Option(names = "--deep", description = "Read every byte, so that HDFS checks its checksums.")
  private boolean deep;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = new HashMap<>();
    if (!what.isEmpty()) {
      query.put("what", String.join(",", what));
    }
    query.put("deep", String.valueOf(deep));
    JsonNode body = asking.ask("POST", "/verify", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
    } else {
      table(body).lines().forEach(out::println);
    }
    return code(body).value;
  }

  private static Table table(JsonNode body) {
    Table table = new Table("ID", "JOB", "TAKEN AT", "SIZE", "RESULT", "TOOK", "REASON");
    for (JsonNode look : body.path("savepoints")) {
      String done = look.path("done").asString("");
      String reason = look.path("reason").asString("");
      table.row(
          Human.id(look.path("id").asString()),
          look.path("job").asString(),
          Human.time(look.path("takenAt")),
          Human.bytes(look.path("bytes").asLong()),
          look.path("result").asString() + (done.isEmpty() ? "" : ", " + done),
          Human.took(look.path("millis").asLong()),
          reason);
    }
    return table;
  }

  /** What is bad outweighs what nobody can tell; what was deleted in all order is neither. */
  static ExitCode code(JsonNode body) {
    ExitCode worst = ExitCode.DONE;
    for (JsonNode look : body.path("savepoints")) {
      switch (look.path("result").asString()) {
        case "good", "deleted" -> {}
        case "unknown" -> worst = worst == ExitCode.FAILED ? worst : ExitCode.UNREACHABLE;
        default -> worst = ExitCode.FAILED;
      }
    }
    return worst;
  }
}
