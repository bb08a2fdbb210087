package io.savepointd.config;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The faults found so far, each once, in the order of the file. */
final class Problems {
  private final SortedSet<ConfigProblem> found = new TreeSet<>();

  void add(Position at, String key, String reason) {
    found.add(new ConfigProblem(at.file(), at.line(), key, reason));
  }

  void add(Node node, String reason) {
    add(node.position(), node.key(), Disclosure.reason(node, reason) + node.provenance());
  }

  void refuseIfAny() throws ConfigRefused {
    if (!found.isEmpty()) {
      throw new ConfigRefused(List.copyOf(found));
    }
  }
}
