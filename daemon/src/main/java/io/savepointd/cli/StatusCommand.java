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

/** {@code savepointd status}. */
@Command(name = "status", description = "How each job stands, and how old its newest savepoint is.")
final class StatusCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    JsonNode body = asking.ask("GET", "/status", Map.of());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return ExitCode.DONE.value;
    }
    out.println(
        "daemon "
            + body.path("daemon").asString()
            + ", version "
            + body.path("version").asString()
            + (body.path("detail").asString("").isEmpty()
                ? ""
                : ": " + body.path("detail").asString()));
    Table table =
        new Table("JOB", "STATE", "RUN", "NEWEST SAVEPOINT", "AGE", "RETAINED", "NEXT", "DETAIL");
    for (JsonNode job : body.path("jobs")) {
      JsonNode newest = job.path("newestSavepoint");
      table.row(
          job.path("name").asString(),
          job.path("state").asString(),
          Human.id(job.path("run").asString("-")),
          Human.id(newest.path("id").asString("-")),
          newest.isObject() ? Human.age(newest.path("ageSeconds").asLong()) : "-",
          job.path("retained").asString("0"),
          Human.time(job.path("nextFire")),
          job.path("detail").asString("") + kept(job));
    }
    table.lines().forEach(out::println);
    return ExitCode.DONE.value;
  }

  /** What is on storage besides the retained ones; said only where there is any. */
  private static String kept(JsonNode job) {
    int quarantined = job.path("quarantined").asInt(0);
    int leftovers = job.path("leftovers").asInt(0);
    return (quarantined == 0 ? "" : "; " + quarantined + " quarantined")
        + (leftovers == 0
            ? ""
            : "; leftovers of " + leftovers + " failed savepoints wait for deletion");
  }
}
