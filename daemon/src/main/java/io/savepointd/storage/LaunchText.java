package io.savepointd.storage;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Digesting;
import io.savepointd.model.Job;
import io.savepointd.model.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A launch in full as the text of its file, secrets included. */
final class LaunchText {
  private LaunchText() {}

  static String of(Launch launch, Job job) {
    ObjectNode text = JsonMapper.shared().createObjectNode();
    text.put("v", 1);
    // Or a version that takes other names for secrets could not prove it.
    text.put("digest", Digesting.of(job).word());
    text.put("cluster", job.cluster().value());
    text.put("jar", String.valueOf(job.jar().getFileName()));
    text.put("jarDigest", launch.jarDigest());
    job.entryClass().ifPresent(entry -> text.put("entryClass", entry));
    ArrayNode args = text.putArray("args");
    job.args().forEach(args::add);
    job.parallelism().ifPresent(parallelism -> text.put("parallelism", parallelism));
    ObjectNode options = text.putObject("flinkConfiguration");
    new TreeMap<>(job.flinkConfiguration()).forEach(options::put);
    text.put("allowNonRestoredState", launch.allowNonRestoredState());
    return text.toPrettyString() + "\n";
  }

  /**
   * Reads it back; its digest proves that it is the very launch.
   *
   * @throws LaunchLost if it isn't
   */
  static Job read(String text, Launch launch, Job as, String where) throws LaunchLost {
    Job job;
    Optional<Digesting> way;
    try {
      JsonNode read = JsonMapper.shared().readTree(text);
      job = job(read, as);
      way = Digesting.named(read.path("digest").asString(""));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new LaunchLost(where + " can't be read: " + e.getMessage(), e);
    }
    if (!launch.provedBy(job, way)) {
      throw new LaunchLost(where + " isn't what its name says: it was changed or damaged");
    }
    return job;
  }

  /** What it says, whether it is what it should be or not. */
  static Job job(JsonNode text, Job as) {
    List<String> args = new ArrayList<>();
    text.path("args").forEach(arg -> args.add(arg.asString("")));
    Map<String, String> options = new TreeMap<>();
    JsonNode configuration = text.path("flinkConfiguration");
    configuration
        .propertyNames()
        .forEach(key -> options.put(key, configuration.path(key).asString("")));
    return new Job(
        as.name(),
        new ClusterName(text.path("cluster").asString("")),
        as.runName(),
        Path.of(text.path("jar").asString("")),
        text.has("entryClass")
            ? Optional.of(text.path("entryClass").asString(""))
            : Optional.empty(),
        args,
        text.has("parallelism")
            ? OptionalInt.of(text.path("parallelism").asInt(0))
            : OptionalInt.empty(),
        options);
  }
}
