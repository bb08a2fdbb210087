package io.savepointd.config;

import io.savepointd.model.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code headers}: names of the user's, each with its value, which counts as secret. */
final class HeaderReader {
  /** In {@code clusters.NAME} and in {@code defaults.cluster}. */
  static final String BLOCK = "headers";

  private final Problems problems;

  HeaderReader(Problems problems) {
    this.problems = problems;
  }

  /** The cluster's over those of its defaults. */
  Map<String, Secret> read(Section cluster) {
    Map<String, Secret> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<Node> blocks = new ArrayList<>(cluster.blocks(BLOCK));
    for (int i = blocks.size() - 1; i >= 0; i--) {
      Node block = blocks.get(i);
      for (String name : block.names()) {
        block.child(name).ifPresent(node -> header(node, name, cluster, headers));
      }
    }
    return headers;
  }

  private void header(Node node, String name, Section cluster, Map<String, Secret> headers) {
    Optional<String> unresolved = node.unresolved();
    if (unresolved.isPresent()) {
      problems.add(node, unresolved.get());
    } else if (node.isNull()) {
      headers.remove(name);
      cluster.foreign(BLOCK, name, node);
    } else if (node.isObject()) {
      problems.add(node, "must be a header's value; a name with a dot in it goes in quotes");
    } else {
      add(node, name, cluster, headers);
    }
  }

  private void add(Node node, String name, Section cluster, Map<String, Secret> headers) {
    try {
      String value = Values.scalar(node.value(), "a header's value");
      if (value.isBlank()) {
        // A variable that is set but empty, most likely: nothing would be sent, and nobody told.
        problems.add(node, "is blank: say the header's value, or null for no such header");
        return;
      }
      if (!isSendable(name, value)) {
        // Without the client's own words, which would quote the value.
        problems.add(
            node,
            "can't be sent: the name is no header's, or the client's own to set, or"
                + " the value has characters that no header may have");
        return;
      }
      headers.put(name, new Secret(value));
      cluster.foreign(BLOCK, name, node);
    } catch (IllegalArgumentException e) {
      problems.add(node, e.getMessage());
    }
  }

  private static boolean isSendable(String name, String value) {
    try {
      HttpRequest.Builder unused =
          HttpRequest.newBuilder(URI.create("http://localhost")).header(name, value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
