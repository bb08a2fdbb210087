package io.savepointd.config;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.LaunchSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.flink.TransportSettings;
import io.savepointd.model.ClusterName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code clusters}. */
final class ClusterReader {
  private final TransportReader transports;
  private final LaunchReader launches;

  ClusterReader(FilePaths paths, Problems problems) {
    this.transports = new TransportReader(paths, problems);
    this.launches = new LaunchReader(paths);
  }

  /** Those without a fault, in the order of the file. */
  Map<ClusterName, ClusterSettings> readAll(Map<String, Section> sections) {
    Map<ClusterName, ClusterSettings> clusters = new LinkedHashMap<>();
    sections.forEach(
        (name, section) ->
            read(name, section).ifPresent(cluster -> clusters.put(cluster.name(), cluster)));
    refuseTwins(clusters, sections);
    return clusters;
  }

  Optional<ClusterSettings> read(String name, Section section) {
    var requestTimeout = section.get("request-timeout", Values::duration);
    var submitTimeout = section.get("submit-timeout", Values::duration);
    Optional<LocationSettings> location = LocationReader.read(section);
    TransportSettings transport = transports.read(section, location);
    LaunchSettings launch = launches.read(section, location, transport);
    if (!ClusterName.isValid(name)) {
      section.fault(Names.reason(name));
      return Optional.empty();
    }
    return location.map(
        found ->
            new ClusterSettings(
                new ClusterName(name), found, transport, launch, requestTimeout, submitTimeout));
  }

  /** One cluster under two names could be given two runs of one job. */
  private static void refuseTwins(
      Map<ClusterName, ClusterSettings> clusters, Map<String, Section> sections) {
    List<ClusterSettings> seen = new ArrayList<>();
    for (ClusterSettings cluster : clusters.values()) {
      seen.stream()
          .filter(other -> LocationReader.same(other.location(), cluster.location()))
          .findFirst()
          .ifPresent(
              twin -> {
                boolean fixed = cluster.location() instanceof LocationSettings.Fixed;
                sections
                    .get(cluster.name().value())
                    .fault(
                        fixed ? "rest" : "high-availability",
                        (fixed ? "is the address" : "names the nodes")
                            + " of cluster '"
                            + twin.name()
                            + "' already");
              });
      seen.add(cluster);
    }
  }
}
