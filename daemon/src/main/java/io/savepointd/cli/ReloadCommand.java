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

/** {@code savepointd reload}. */
@Command(
    name = "reload",
    description = {
      "Has the daemon read its configuration again; waits until it is in effect and tells what has"
          + " changed. Runs go on as they are.",
      "A file with faults changes nothing (exit code 2), nor does a change that can't be made while"
          + " the daemon or the job runs (4)."
    })
final class ReloadCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    JsonNode body = asking.ask("POST", "/reload", Map.of());
    boolean done = body.path("result").asString().equals("done");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
      return (done ? ExitCode.DONE : ExitCode.REFUSED).value;
    }
    JsonNode lines = body.path("lines");
    String detail = body.path("detail").asString();
    for (JsonNode line : lines) {
      out.println((done ? "" : "refused: ") + line.asString());
    }
    if (done && lines.isEmpty()) {
      out.println("nothing has changed");
    }
    if (!done || !detail.equals("in effect")) {
      out.println(detail);
    }
    return (done ? ExitCode.DONE : ExitCode.REFUSED).value;
  }
}
