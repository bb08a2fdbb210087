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

/** {@code savepointd scrub}. */
@Command(
    name = "scrub",
    description = "Holds the ledger against the storage; ends with 0 only if nothing is wrong.")
final class ScrubCommand implements Callable<Integer> {
  @Mixin private Asking asking;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "JOB", description = "Default: every job.")
  private Optional<String> job = Optional.empty();

  @Option(names = "--deep", description = "Read every byte of every savepoint.")
  private boolean deep;

  @Option(names = "--repair", description = "Mend what is proved; without it nothing changes.")
  private boolean repair;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @Override
  public Integer call() throws CommandFailed {
    Map<String, String> query = new HashMap<>();
    job.ifPresent(j -> query.put("job", j));
    query.put("deep", String.valueOf(deep));
    query.put("repair", String.valueOf(repair));
    JsonNode body = asking.ask("POST", "/scrub", query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(body.toPrettyString());
    } else {
      tell(body, out);
    }
    return code(body).value;
  }

  private static void tell(JsonNode body, PrintWriter out) {
    int wrong = 0;
    for (JsonNode finding : body.path("findings")) {
      wrong += finding.path("wrong").asBoolean() && !mended(finding) ? 1 : 0;
      out.println(
          finding.path("kind").asString()
              + " "
              + finding.path("job").asString("-")
              + " "
              + Human.id(finding.path("id").asString("-"))
              + " "
              + finding.path("path").asString());
      out.println("  " + finding.path("what").asString());
      out.println("  next: " + next(finding));
      if (!finding.path("remedy").asString().isEmpty() && !mended(finding)) {
        out.println("  remedy: " + finding.path("remedy").asString());
      }
    }
    out.println(
        body.path("verified").asInt()
            + " savepoints verified"
            + (body.path("deep").asBoolean() ? " to the last byte" : "")
            + ", "
            + body.path("findings").size()
            + " findings, "
            + wrong
            + " of them wrong");
  }

  private static String next(JsonNode finding) {
    String result = finding.path("result").asString("");
    String message = finding.path("message").asString("");
    return switch (result) {
      case "" -> finding.path("next").asString();
      case "done" -> "repaired: " + message;
      default -> "not repaired, " + result + ": " + message;
    };
  }

  private static boolean mended(JsonNode finding) {
    return finding.path("result").asString("").equals("done");
  }

  /** What nobody can tell counts as unreachable, unless something is known to be wrong. */
  private static ExitCode code(JsonNode body) {
    ExitCode worst = ExitCode.DONE;
    for (JsonNode finding : body.path("findings")) {
      if (finding.path("wrong").asBoolean() && !mended(finding)) {
        if (!finding.path("kind").asString().equals("unclear")) {
          return ExitCode.FAILED;
        }
        worst = ExitCode.UNREACHABLE;
      }
    }
    return worst;
  }
}
