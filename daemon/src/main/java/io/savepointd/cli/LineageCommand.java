package io.savepointd.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code savepointd lineage}. */
@Command(name = "lineage", description = "Which state each run stands on, newest first.")
final class LineageCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Mixin private JobArgument job;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    JsonNode body = asking.ask("GET", "/lineage", job.query());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return ExitCode.DONE.value;
    }
    for (JsonNode run : body.path("runs")) {
      out.println(sentence(run, where(run, body.path("runs"))));
      String savepoints = savepoints(run);
      if (!savepoints.isEmpty()) {
        out.println("  savepoints: " + savepoints);
      }
    }
    return ExitCode.DONE.value;
  }

  /** On which cluster, where the job hasn't been on one alone. */
  private static String where(JsonNode run, JsonNode all) {
    String cluster = run.path("cluster").asString("");
    for (JsonNode other : all) {
      if (other.path("job").equals(run.path("job"))
          && !other.path("cluster").asString("").equals(cluster)) {
        return " on cluster " + cluster;
      }
    }
    return "";
  }

  private static String sentence(JsonNode run, String where) {
    String from =
        switch (run.path("from").asString()) {
          case "savepoint" ->
              "from savepoint "
                  + run.path("fromPath").asString()
                  + (run.path("fromTakenAt").isString()
                      ? " taken at " + Human.time(run.path("fromTakenAt"))
                      : "")
                  + (run.path("fromRun").isString()
                      ? " from run " + run.path("fromRun").asString()
                      : run.path("fromTakenAt").isString() ? " by hand" : "");
          case "checkpoint" ->
              "from checkpoint "
                  + run.path("fromPath").asString()
                  + " of run "
                  + run.path("fromRun").asString();
          case "nothing" -> "empty";
          default -> "by somebody else, and adopted";
        };
    String state = run.path("state").asString();
    String end =
        run.path("endedAt").isString()
            ? ", "
                + (state.equals("not started") ? "given up" : state)
                + " at "
                + Human.time(run.path("endedAt"))
            : state.equals("started")
                ? ", and goes on"
                : state.equals("submitted") ? "" : ", " + state;
    return run.path("job").asString()
        + ": run "
        + run.path("run").asString()
        + where
        + begun(state)
        + Human.time(run.path("submittedAt"))
        + " "
        + from
        + end;
  }

  private static String begun(String state) {
    return switch (state) {
      case "not started" -> " was to start at ";
      case "submitted" -> " submitted at ";
      default -> " started at ";
    };
  }

  private static String savepoints(JsonNode run) {
    StringBuilder ids = new StringBuilder();
    for (JsonNode id : run.path("savepoints")) {
      ids.append(ids.length() == 0 ? "" : " ").append(Human.id(id.asString()));
    }
    return ids.toString();
  }
}
