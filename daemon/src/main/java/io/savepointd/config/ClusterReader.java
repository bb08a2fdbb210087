package io.savepointd.config;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.model.ClusterName;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code clusters}. */
final class ClusterReader {
  private static final String WHAT_REST_IS =
      "the address of the cluster's REST API, such as \"http://localhost:8081\"";

  private ClusterReader() {}

  /** Those without a fault, in the order of the file. */
  static Map<ClusterName, ClusterSettings> readAll(Map<String, Section> sections) {
    Map<ClusterName, ClusterSettings> clusters = new LinkedHashMap<>();
    sections.forEach(
        (name, section) ->
            read(name, section).ifPresent(cluster -> clusters.put(cluster.name(), cluster)));
    refuseTwins(clusters, sections);
    return clusters;
  }

  static Optional<ClusterSettings> read(String name, Section section) {
    var requestTimeout = section.get("request-timeout", Values::duration);
    var submitTimeout = section.get("submit-timeout", Values::duration);
    Optional<URI> rest = section.require("rest", Addresses::rest, WHAT_REST_IS);
    if (!ClusterName.isValid(name)) {
      section.fault(Names.reason(name));
      return Optional.empty();
    }
    return rest.map(
        uri -> new ClusterSettings(new ClusterName(name), uri, requestTimeout, submitTimeout));
  }

  /** One cluster under two names could be given two runs of one job. */
  private static void refuseTwins(
      Map<ClusterName, ClusterSettings> clusters, Map<String, Section> sections) {
    Map<URI, ClusterName> seen = new HashMap<>();
    for (ClusterSettings cluster : clusters.values()) {
      ClusterName twin = seen.putIfAbsent(cluster.rest(), cluster.name());
      if (twin != null) {
        sections
            .get(cluster.name().value())
            .fault("rest", "is the address of cluster '" + twin + "' already");
      }
    }
  }
}
