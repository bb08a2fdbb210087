package io.savepointd.admin;

import io.savepointd.model.JobName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to operations, operations to replies. Knows nothing of sockets, so that a command
 * without a daemon goes the same way. The parameters stand in the query of the URL, for {@code
 * curl}'s sake.
 */
public final class Router {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> PARAMETERS =
      Set.of("job", "all", "from", "replace", "dry-run", "empty");

  private final Operations operations;

  /** Answers from {@code operations}. */
  public Router(Operations operations) {
    this.operations = operations;
  }

  /**
   * A reply.
   *
   * @param status an HTTP status
   * @param json the body; on an error {@code {"error": …, "kind": usage|unreachable|failed}}
   */
  public record Reply(int status, String json) {}

  /** Serves one request, blocking until its outcome is known. */
  public Reply serve(String method, String path, Map<String, String> query) {
    try {
      for (String name : query.keySet()) {
        if (!PARAMETERS.contains(name)) {
          throw new NotNow(NotNow.Kind.USAGE, "unknown parameter '" + name + "'");
        }
      }
      return new Reply(200, JSON.writeValueAsString(route(method + " " + path, query)));
    } catch (NotNow e) {
      int status =
          switch (e.kind()) {
            case USAGE -> 400;
            case UNREACHABLE -> 503;
            case FAILED -> 500;
          };
      return new Reply(
          status,
          JSON.writeValueAsString(Map.of("error", e.getMessage(), "kind", e.kind().word())));
    }
  }

  private Object route(String request, Map<String, String> query) throws NotNow {
    Optional<JobName> job = job(query);
    boolean dryRun = flag(query, "dry-run");
    return switch (request) {
      case "GET /status" -> operations.status();
      case "GET /savepoints" -> operations.savepoints(job, flag(query, "all"));
      case "GET /lineage" -> operations.lineage(job);
      case "POST /savepoint" -> new Outcomes(operations.takeSavepoint(job));
      case "POST /restore-latest" -> {
        Operations.StartFrom from =
            query.containsKey("from")
                ? new Operations.StartFrom.Named(query.get("from"))
                : new Operations.StartFrom.Latest();
        yield new Outcomes(
            operations.start(
                job, new Operations.StartRequest(from, flag(query, "replace"), dryRun)));
      }
      case "POST /start" -> {
        if (!flag(query, "empty")) {
          throw new NotNow(NotNow.Kind.USAGE, "start needs empty=true; see restore-latest");
        }
        yield new Outcomes(
            operations.start(
                job,
                new Operations.StartRequest(new Operations.StartFrom.Nothing(), false, dryRun)));
      }
      case "POST /prune" -> operations.prune(job, dryRun);
      default -> throw new NotNow(NotNow.Kind.USAGE, "there is no " + request);
    };
  }

  /** Body of the requests that change something. */
  record Outcomes(List<OutcomeBody> outcomes) {}

  private static Optional<JobName> job(Map<String, String> query) throws NotNow {
    String name = query.get("job");
    if (name == null) {
      return Optional.empty();
    }
    if (!JobName.isValid(name)) {
      throw new NotNow(NotNow.Kind.USAGE, "'" + name + "' is no job name");
    }
    return Optional.of(new JobName(name));
  }

  private static boolean flag(Map<String, String> query, String name) throws NotNow {
    String value = query.getOrDefault(name, "false");
    return switch (value) {
      case "true", "" -> true;
      case "false" -> false;
      default -> throw new NotNow(NotNow.Kind.USAGE, name + " is true or false, not " + value);
    };
  }
}
