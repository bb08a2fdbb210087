package io.savepointd.cli;

import io.savepointd.app.BadConfiguration;
import io.savepointd.app.Installation;
import io.savepointd.app.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What all commands share that ask something: of the daemon if one runs, else acting on their own.
 */
final class Asking {
  static final JsonMapper JSON = JsonMapper.builder().build();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration; default: $$SAVEPOINTD_CONF, then /etc/savepointd/application.conf, or"
              + " conf/application.conf where an archive was unpacked")
  private Optional<Path> config = Optional.empty();

  /** The file that was named, if one was. */
  Optional<Path> config() {
    return config;
  }

  /** The configuration, all of its faults reported at once. */
  Site site() throws CommandFailed {
    try {
      return Installation.ofThisProcess().site(config);
    } catch (BadConfiguration e) {
      throw new CommandFailed(ExitCode.USAGE, e.getMessage());
    }
  }

  /** Asks the daemon, or acts alone where none runs; gives the body of a good reply. */
  JsonNode ask(String method, String path, Map<String, String> query) throws CommandFailed {
    Optional<JsonNode> answered = daemon(method, path, query);
    if (answered.isPresent()) {
      return answered.get();
    }
    Site site = site();
    return good(site.socket(), alone(site, method, path, query));
  }

  /** As {@link #ask}, but of a daemon alone; empty if none runs. */
  Optional<JsonNode> daemon(String method, String path, Map<String, String> query)
      throws CommandFailed {
    for (Path socket : sockets()) {
      Optional<AdminClient.RawReply> answered = answer(socket, method, path, query);
      if (answered.isPresent()) {
        return Optional.of(good(socket, answered.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * A daemon that runs is asked though its file has faults by now: it goes by an earlier one, and
   * in a bad hour nobody should have to mend that first.
   */
  private List<Path> sockets() {
    Installation here = Installation.ofThisProcess();
    try {
      return List.of(here.site(config).socket());
    } catch (BadConfiguration e) {
      return here.sockets(config);
    }
  }

  private static Optional<AdminClient.RawReply> answer(
      Path socket, String method, String path, Map<String, String> query) throws CommandFailed {
    try {
      return new AdminClient(socket).ask(method, path, query);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.UNREACHABLE, socket + ": " + e.getMessage());
    }
  }

  private static JsonNode good(Path socket, AdminClient.RawReply reply) throws CommandFailed {
    JsonNode body = bodyOf(socket, reply);
    if (reply.status() != 200) {
      throw new CommandFailed(codeOf(body.path("kind").asString("")), errorOf(body, reply));
    }
    return body;
  }

  private static JsonNode bodyOf(Path socket, AdminClient.RawReply reply) throws CommandFailed {
    try {
      JsonNode body = JSON.readTree(reply.body());
      if (body.isObject()) {
        return body;
      }
    } catch (JacksonException e) {
      // Said below: what else may come with a reply is of no interest.
    }
    throw new CommandFailed(
        ExitCode.FAILED,
        socket + ": HTTP " + reply.status() + ", and what came with it is no JSON object");
  }

  private static AdminClient.RawReply alone(
      Site site, String method, String path, Map<String, String> query) {
    Site.Reply reply = site.serveAlone(method, path, query);
    return new AdminClient.RawReply(reply.status(), reply.json());
  }

  private static String errorOf(JsonNode body, AdminClient.RawReply reply) {
    return body.path("error").asString("HTTP " + reply.status());
  }

  private static ExitCode codeOf(String kind) {
    return switch (kind) {
      case "usage" -> ExitCode.USAGE;
      case "unreachable" -> ExitCode.UNREACHABLE;
      default -> ExitCode.FAILED;
    };
  }

  /**
   * Prints each job's outcome; the code is the worst of them, but a refusal counts only if nothing
   * was done.
   */
  static ExitCode outcomes(JsonNode body, Consumer<String> out) {
    boolean done = false;
    ExitCode worst = ExitCode.DONE;
    for (JsonNode outcome : body.path("outcomes")) {
      String result = outcome.path("result").asString();
      out.accept(
          outcome.path("job").asString()
              + ": "
              + (result.equals("done") ? "" : result + ": ")
              + outcome.path("message").asString());
      done |= result.equals("done");
      worst = worse(worst, result);
    }
    return worst == ExitCode.REFUSED && done ? ExitCode.DONE : worst;
  }

  private static ExitCode worse(ExitCode worst, String result) {
    return switch (result) {
      case "failed" -> ExitCode.FAILED;
      case "unreachable" -> worst == ExitCode.FAILED ? worst : ExitCode.UNREACHABLE;
      case "refused" -> worst == ExitCode.DONE ? ExitCode.REFUSED : worst;
      default -> worst;
    };
  }
}
