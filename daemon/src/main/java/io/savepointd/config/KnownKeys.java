package io.savepointd.config;

import com.typesafe.config.ConfigObject;
import java.util.Optional;
import java.util.TreeSet;

/** Finds keys that don't exist; {@code reference.conf} is the list of those that do. */
final class KnownKeys {
  private final ConfigObject reference;
  private final Problems problems;

  KnownKeys(ConfigObject reference, Problems problems) {
    this.reference = reference;
    this.problems = problems;
  }

  /** Notes each key of {@code block} that the reference doesn't have. */
  void check(Node block) {
    for (String name : block.names()) {
      if (!reference.containsKey(name)) {
        block.child(name).ifPresent(child -> problems.add(child, reason(name)));
      }
    }
  }

  private String reason(String name) {
    return "no such key; "
        + Suggestion.near(name, reference.keySet())
            .or(() -> oneLevelDown(name))
            .map(near -> "did you mean '" + near + "'?")
            .orElseGet(() -> "there are " + String.join(", ", new TreeSet<>(reference.keySet())));
  }

  /** For {@code keep-last} written beside {@code retention} rather than in it. */
  private Optional<String> oneLevelDown(String name) {
    return reference.entrySet().stream()
        .filter(e -> e.getValue() instanceof ConfigObject block && block.containsKey(name))
        .map(e -> e.getKey() + "." + name)
        .min(String::compareTo);
  }
}
