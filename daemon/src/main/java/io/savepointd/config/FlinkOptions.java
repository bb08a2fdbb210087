package io.savepointd.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code flink-configuration}: keys are Flink's own, nested blocks stand for the dots in
 * them, values are passed on as text.
 */
final class FlinkOptions {
  private static final String BLOCK = "flink-configuration";

  /** A run under another name than {@code run-name} wouldn't be known again as its job's. */
  private static final String NAME = "pipeline.name";

  private final Problems problems;

  FlinkOptions(Problems problems) {
    this.problems = problems;
  }

  /** The job's options over those of its defaults. */
  Map<String, String> read(Section job) {
    Map<String, String> options = new TreeMap<>();
    List<Node> blocks = new ArrayList<>(job.blocks(BLOCK));
    for (int i = blocks.size() - 1; i >= 0; i--) {
      flatten(blocks.get(i), "", job, options);
    }
    return options;
  }

  private void flatten(Node block, String prefix, Section job, Map<String, String> options) {
    for (String name : block.names()) {
      block.child(name).ifPresent(child -> option(child, prefix + name, job, options));
    }
  }

  private void option(Node node, String flinkKey, Section job, Map<String, String> options) {
    Optional<String> unresolved = node.unresolved();
    if (unresolved.isPresent()) {
      problems.add(node, unresolved.get());
    } else if (node.isNull()) {
      options.remove(flinkKey);
      job.foreign(BLOCK, flinkKey, node);
    } else if (node.isObject()) {
      flatten(node, flinkKey + ".", job, options);
    } else if (flinkKey.equals(NAME)) {
      problems.add(node, "the runs' name is run-name's to say: use run-name");
    } else {
      try {
        options.put(flinkKey, Values.scalar(node.value(), "one text, as Flink writes it: a;b"));
        job.foreign(BLOCK, flinkKey, node);
      } catch (IllegalArgumentException e) {
        problems.add(node, e.getMessage());
      }
    }
  }
}
