package io.savepointd.flink;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Reads Flink's answers: a field that is merely told may be missing, one that decides something may
 * not. Unknown fields are passed over, since each version adds some.
 */
final class Answers {
  private Answers() {}

  static List<RunSeen> overview(Reply reply) throws ClusterUnavailable {
    JsonNode jobs = reply.json().path("jobs");
    if (!jobs.isArray()) {
      // Never taken for an empty list: that would say that every run is gone.
      throw reply.unusable("no list of jobs");
    }
    List<RunSeen> runs = new ArrayList<>();
    for (JsonNode job : jobs) {
      JsonNode tasks = job.path("tasks");
      runs.add(
          new RunSeen(
              runId(job, reply),
              job.path("name").asString(""),
              state(job.path("state")),
              Instant.ofEpochMilli(job.path("start-time").asLong(0)),
              tasks.path("running").asInt(0) + tasks.path("finished").asInt(0),
              tasks.path("total").asInt(0)));
    }
    return List.copyOf(runs);
  }

  private static RunId runId(JsonNode job, Reply reply) throws ClusterUnavailable {
    try {
      return new RunId(job.path("jid").asString(""));
    } catch (IllegalArgumentException e) {
      throw reply.unusable("a job without an id");
    }
  }

  static RunState status(Reply reply) throws ClusterUnavailable {
    JsonNode status = reply.json().path("status");
    if (!status.isString()) {
      throw reply.unusable("no status of the job");
    }
    return state(status);
  }

  private static RunState state(JsonNode name) {
    try {
      return RunState.valueOf(name.asString(""));
    } catch (IllegalArgumentException e) {
      return RunState.UNRECOGNIZED;
    }
  }

  static ClusterFacts facts(Reply reply) throws ClusterUnavailable {
    JsonNode overview = reply.json();
    if (!overview.path("flink-version").isString()) {
      throw reply.unusable("no Flink version");
    }
    return new ClusterFacts(
        overview.path("flink-version").asString(),
        overview.path("taskmanagers").asInt(0),
        overview.path("slots-total").asInt(0),
        overview.path("slots-available").asInt(0));
  }

  static CheckpointFacts checkpoints(Reply reply) throws ClusterUnavailable {
    JsonNode statistics = reply.json();
    JsonNode latest = statistics.path("latest");
    if (!latest.has("completed")) {
      throw reply.unusable("no latest checkpoint, nor that there is none");
    }
    Set<String> savepoints = new TreeSet<>();
    text(latest.path("savepoint").path("external_path")).ifPresent(savepoints::add);
    boolean underWay = false;
    Optional<CheckpointFacts.Written> written = Optional.empty();
    for (JsonNode one : statistics.path("history")) {
      if (one.path("is_savepoint").asBoolean(false)) {
        String status = one.path("status").asString("");
        if (status.equals("IN_PROGRESS")) {
          underWay = true;
          written = written.or(() -> written(one)); // the history begins with the newest
        }
        if (status.equals("COMPLETED")) {
          text(one.path("external_path")).ifPresent(savepoints::add);
        }
      }
    }
    return new CheckpointFacts(
        latest.path("completed").isObject(),
        text(latest.path("completed").path("external_path")),
        text(latest.path("restored").path("external_path")),
        List.copyOf(savepoints),
        underWay,
        written);
  }

  private static Optional<CheckpointFacts.Written> written(JsonNode checkpoint) {
    JsonNode subtasks = checkpoint.path("num_acknowledged_subtasks");
    JsonNode all = checkpoint.path("num_subtasks");
    return subtasks.isIntegralNumber() && all.isIntegralNumber()
        ? Optional.of(new CheckpointFacts.Written(subtasks.asInt(), all.asInt()))
        : Optional.empty();
  }

  static Optional<Duration> checkpointTimeout(Reply reply) throws ClusterUnavailable {
    JsonNode timeout = reply.json().path("timeout");
    return timeout.isIntegralNumber()
        ? Optional.of(Duration.ofMillis(timeout.asLong()))
        : Optional.empty();
  }

  static Optional<CheckpointRetention> checkpointRetention(Reply reply) throws ClusterUnavailable {
    JsonNode external = reply.json().path("externalization");
    JsonNode enabled = external.path("enabled");
    JsonNode deleted = external.path("delete_on_cancellation");
    if (!enabled.isBoolean() || (enabled.booleanValue() && !deleted.isBoolean())) {
      return Optional.empty();
    }
    return Optional.of(
        !enabled.booleanValue()
            ? CheckpointRetention.NEVER
            : deleted.booleanValue() ? CheckpointRetention.ON_FAILURE : CheckpointRetention.ALWAYS);
  }

  static TriggerOutcome outcome(Reply reply) throws ClusterUnavailable {
    JsonNode answer = reply.json();
    String status = answer.path("status").path("id").asString("");
    if (status.equals("IN_PROGRESS")) {
      return new TriggerOutcome.InProgress();
    }
    if (!status.equals("COMPLETED")) {
      throw reply.unusable("no status of the savepoint");
    }
    // COMPLETED covers failure too.
    JsonNode operation = answer.path("operation");
    JsonNode failure = operation.path("failure-cause");
    if (failure.isObject()) {
      String trace = failure.path("stack-trace").asString(failure.path("class").asString(""));
      return new TriggerOutcome.Failed(reply.reason(trace));
    }
    Optional<String> location = text(operation.path("location"));
    if (location.isEmpty()) {
      throw reply.unusable("neither a location nor a failure of the savepoint");
    }
    return new TriggerOutcome.Completed(location.get());
  }

  /** The newest failure; {@code root-exception} was dropped in Flink 2.0. */
  static Optional<String> failureCause(Reply reply) throws ClusterUnavailable {
    JsonNode exceptions = reply.json();
    JsonNode newest = exceptions.path("exceptionHistory").path("entries").path(0);
    return text(newest.path("stacktrace"))
        .or(() -> text(exceptions.path("root-exception")))
        .map(reply::reason);
  }

  /** {@code /jobmanager/config} shows keys as they were set, so both names are looked for. */
  static Optional<String> savepointDirectory(Reply reply) throws ClusterUnavailable {
    JsonNode entries = reply.json();
    if (!entries.isArray()) {
      throw reply.unusable("no list of settings");
    }
    return setting(entries, "execution.checkpointing.savepoint-dir")
        .or(() -> setting(entries, "state.savepoints.dir"));
  }

  private static Optional<String> setting(JsonNode entries, String key) {
    for (JsonNode entry : entries) {
      if (entry.path("key").asString("").equals(key)) {
        return text(entry.path("value"));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() && !node.asString().isBlank()
        ? Optional.of(node.asString())
        : Optional.empty();
  }
}
