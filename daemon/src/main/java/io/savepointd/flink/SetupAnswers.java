package io.savepointd.flink;

import io.savepointd.model.RunState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads what Flink answers about itself; what a version doesn't tell is taken for its default. */
final class SetupAnswers {
  private SetupAnswers() {}

  static ClusterSetup setup(Reply config, Reply jobManagerConfig) throws ClusterUnavailable {
    JsonNode features = config.json().path("features");
    Map<String, String> settings = settings(jobManagerConfig);
    return new ClusterSetup(
        features.path("web-submit").asBoolean(true),
        first(settings, "execution.checkpointing.savepoint-dir", "state.savepoints.dir"),
        first(settings, "execution.checkpointing.dir", "state.checkpoints.dir"),
        // Set by yarn-session.sh; a standalone session has neither.
        settings.getOrDefault("execution.target", "").startsWith("yarn")
            || settings.keySet().stream().anyMatch(key -> key.startsWith("$internal.yarn.")),
        whole(settings.getOrDefault("parallelism.default", "1")));
  }

  private static Map<String, String> settings(Reply reply) throws ClusterUnavailable {
    JsonNode entries = reply.json();
    if (!entries.isArray()) {
      throw reply.unusable("no list of settings");
    }
    Map<String, String> settings = new TreeMap<>();
    for (JsonNode entry : entries) {
      settings.put(entry.path("key").asString(""), entry.path("value").asString(""));
    }
    return settings;
  }

  private static Optional<String> first(Map<String, String> settings, String... keys) {
    return Stream.of(keys)
        .map(key -> settings.getOrDefault(key, ""))
        .filter(value -> !value.isBlank())
        .findFirst();
  }

  private static int whole(String text) {
    try {
      return Math.max(1, Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** The cluster's time by a run that isn't over: when it started, and how long ago that was. */
  static Optional<Instant> now(Reply overview) throws ClusterUnavailable {
    for (JsonNode job : overview.json().path("jobs")) {
      long started = job.path("start-time").asLong(0);
      if (job.path("state").asString("").equals(RunState.RUNNING.name()) && started > 0) {
        return Optional.of(Instant.ofEpochMilli(started + job.path("duration").asLong(0)));
      }
    }
    return Optional.empty();
  }
}
