package io.savepointd.admin;

import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests to operations, operations to replies. Knows nothing of sockets, so that a command
 * without a daemon goes the same way. The parameters stand in the query of the URL, for {@code
 * curl}'s sake.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What each request understands; one that is passed over might turn a dry run into a real one.
   */
  private static final Map<String, Set<String>> PARAMETERS =
      Map.ofEntries(
          Map.entry("GET /status", Set.of()),
          Map.entry("GET /savepoints", Set.of("job", "all")),
          Map.entry("GET /lineage", Set.of("job")),
          Map.entry("POST /savepoint", Set.of("job", "native")),
          Map.entry("POST /restore-latest", Set.of("job", "from", "replace", "dry-run")),
          Map.entry("POST /start", Set.of("job", "empty", "dry-run")),
          Map.entry("POST /stop", Set.of("job")),
          Map.entry("POST /upgrade", Set.of("job", "allow-non-restored-state", "dry-run")),
          Map.entry("POST /move", Set.of("job", "to", "allow-older-flink", "dry-run")),
          Map.entry("POST /release", Set.of("job")),
          Map.entry("POST /pin", Set.of("savepoint")),
          Map.entry("POST /unpin", Set.of("savepoint")),
          Map.entry("POST /verify", Set.of("what", "deep")),
          Map.entry("POST /adopt", Set.of("job", "path")),
          Map.entry("POST /prune", Set.of("job", "dry-run")),
          Map.entry("POST /promote", Set.of()),
          Map.entry("POST /reload", Set.of()),
          Map.entry("POST /scrub", Set.of("job", "deep", "repair")),
          Map.entry("POST /ledger-rebuild", Set.of("yes", "discard")));

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
    String request = method + " " + path;
    try {
      checkParameters(request, query.keySet());
      return new Reply(200, JSON.writeValueAsString(route(request, query)));
    } catch (NotNow e) {
      return error(e.kind(), e.getMessage());
    } catch (RuntimeException e) {
      // The boundary of a request: a bug in one must still be answered in the one form.
      LOG.error("event=request.bug request=\"{}\" next=\"it is answered as failed\"", request, e);
      return error(NotNow.Kind.FAILED, "a bug in savepointd, its log has more: " + e);
    }
  }

  private static Reply error(NotNow.Kind kind, String message) {
    int status =
        switch (kind) {
          case USAGE -> 400;
          case UNREACHABLE -> 503;
          case FAILED -> 500;
        };
    return new Reply(
        status, JSON.writeValueAsString(Map.of("error", message, "kind", kind.word())));
  }

  private static void checkParameters(String request, Set<String> given) throws NotNow {
    if (!PARAMETERS.containsKey(request)) {
      throw new NotNow(NotNow.Kind.USAGE, "there is no " + request);
    }
    Set<String> known = PARAMETERS.get(request);
    for (String name : given) {
      if (!known.contains(name)) {
        throw new NotNow(
            NotNow.Kind.USAGE,
            request
                + " has no parameter '"
                + name
                + "', only "
                + known.stream().sorted().toList()
                + "; nothing was done");
      }
    }
  }

  private Object route(String request, Map<String, String> query) throws NotNow {
    Optional<JobName> job = job(query);
    boolean dryRun = flag(query, "dry-run");
    return switch (request) {
      case "GET /status" -> operations.status();
      case "GET /savepoints" -> operations.savepoints(job, flag(query, "all"));
      case "GET /lineage" -> operations.lineage(job);
      case "POST /savepoint" -> {
        SavepointFormat format =
            flag(query, "native") ? SavepointFormat.NATIVE : SavepointFormat.CANONICAL;
        yield new Outcomes(operations.takeSavepoint(job, format));
      }
      case "POST /restore-latest" -> {
        yield new Outcomes(
            operations.start(
                job, new Operations.StartRequest(from(query), flag(query, "replace"), dryRun)));
      }
      case "POST /start" -> {
        Operations.StartFrom from =
            flag(query, "empty")
                ? new Operations.StartFrom.Nothing()
                : new Operations.StartFrom.Usual();
        yield new Outcomes(
            operations.start(
                Optional.of(oneJob(request, job)),
                new Operations.StartRequest(from, false, dryRun)));
      }
      case "POST /reload" -> operations.reload();
      case "POST /promote" -> new Outcomes(List.of(operations.promote()));
      case "POST /stop" -> new Outcomes(operations.stop(oneJob(request, job)));
      case "POST /upgrade" ->
          new Outcomes(
              operations.upgrade(
                  oneJob(request, job), flag(query, "allow-non-restored-state"), dryRun));
      case "POST /move" ->
          new Outcomes(
              operations.move(
                  oneJob(request, job),
                  new Operations.MoveRequest(
                      text(query, "to"), flag(query, "allow-older-flink"), dryRun)));
      case "POST /release" -> new Outcomes(operations.release(oneJob(request, job)));
      case "POST /pin" -> new Outcomes(operations.pin(text(query, "savepoint"), true));
      case "POST /unpin" -> new Outcomes(operations.pin(text(query, "savepoint"), false));
      case "POST /verify" -> operations.verify(what(query), flag(query, "deep"));
      case "POST /adopt" ->
          new Outcomes(operations.adopt(oneJob(request, job), text(query, "path")));
      case "POST /scrub" -> operations.scrub(job, flag(query, "deep"), flag(query, "repair"));
      case "POST /ledger-rebuild" ->
          operations.rebuildLedger(flag(query, "yes"), flag(query, "discard"));
      case "POST /prune" -> operations.prune(job, dryRun);
      default -> throw new IllegalStateException(request + " has parameters and no route");
    };
  }

  private static Operations.StartFrom from(Map<String, String> query) throws NotNow {
    return query.containsKey("from")
        ? new Operations.StartFrom.Named(text(query, "from"))
        : new Operations.StartFrom.Latest();
  }

  /** What is meant for one job must never reach all of them for want of a name. */
  private static JobName oneJob(String request, Optional<JobName> job) throws NotNow {
    return job.orElseThrow(
        () ->
            new NotNow(NotNow.Kind.USAGE, request + " needs the name of a job; nothing was done"));
  }

  private static String text(Map<String, String> query, String name) throws NotNow {
    String value = query.getOrDefault(name, "");
    if (value.isBlank()) {
      String form =
          switch (name) {
            case "savepoint" -> "the beginning of an id";
            case "to" -> "the name of a cluster";
            default -> "a path or a savepoint's id";
          };
      throw new NotNow(NotNow.Kind.USAGE, name + " is empty; it is " + form + "; nothing was done");
    }
    return value;
  }

  /** Several, with commas between them; said empty, it must not come to mean all. */
  private static List<String> what(Map<String, String> query) throws NotNow {
    return query.containsKey("what")
        ? Arrays.stream(text(query, "what").split(",", -1)).toList()
        : List.of();
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
