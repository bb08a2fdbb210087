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

/** {@code savepointd ledger rebuild}. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = "Makes a lost ledger anew from the storage alone; only where no daemon runs.")
final class LedgerRebuildCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Option(names = "--yes", description = "Do it; without it, only say what would be done.")
  private boolean yes;

  @Option(
      names = "--discard",
      description = "Give the present ledger up even if it can be read, or nobody can tell.")
  private boolean discard;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    JsonNode body =
        asking.ask(
            "POST",
            "/ledger-rebuild",
            Map.of("yes", String.valueOf(yes), "discard", String.valueOf(discard)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return Asking.outcomes(body, line -> {}).value;
    }
    out.println("the present ledger: " + body.path("present").asString());
    Table table = new Table("ID", "JOB", "WRITTEN AT", "LEDGER", "PATH", "REASON");
    for (JsonNode found : body.path("savepoints")) {
      table.row(
          Human.id(found.path("id").asString()),
          found.path("job").asString(),
          Human.time(found.path("writtenAt")),
          found.path("takenIn").asBoolean() ? "taken in" : "left",
          found.path("path").asString(),
          found.path("reason").asString());
    }
    table.lines().forEach(out::println);
    for (JsonNode held : body.path("held")) {
      out.println(held.path("job").asString() + ": held: " + held.path("reason").asString());
    }
    for (JsonNode note : body.path("notes")) {
      out.println(note.asString());
    }
    return Asking.outcomes(body, out::println).value;
  }
}
