package io.savepointd.ledger;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Launch;
import io.savepointd.model.LaunchId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A launch as fields of a line. Cluster, jar, arguments and parallelism stand where they always
 * did; the rest is missing in what an older savepointd has written.
 */
final class LaunchFields {
  private LaunchFields() {}

  static void encode(Launch launch, boolean dropState, ObjectNode line) {
    line.put("cluster", launch.cluster().value()).put("jarDigest", launch.jarDigest());
    ArrayNode args = line.putArray("args");
    launch.args().forEach(args::add);
    launch.parallelism().ifPresent(parallelism -> line.put("parallelism", parallelism));
    launch.id().ifPresent(id -> line.put("launch", id.value()));
    launch.entryClass().ifPresent(entry -> line.put("entryClass", entry));
    if (!launch.flinkConfiguration().isEmpty()) {
      ObjectNode options = line.putObject("flinkConfiguration");
      launch.flinkConfiguration().forEach(options::put);
    }
    if (launch.allowNonRestoredState()) {
      line.put("allowNonRestoredState", true);
    }
    if (dropState) {
      line.put("dropState", true);
    }
  }

  static Launch decode(Fields f) throws UnreadableLine {
    return new Launch(
        f.optionalText("launch").map(LaunchId::new),
        new ClusterName(f.text("cluster")),
        f.text("jarDigest"),
        f.optionalText("entryClass"),
        f.texts("args"),
        f.optionalInteger("parallelism"),
        f.optionalPairs("flinkConfiguration"),
        f.flag("allowNonRestoredState"));
  }

  static boolean dropState(Fields f) throws UnreadableLine {
    return f.flag("dropState");
  }
}
