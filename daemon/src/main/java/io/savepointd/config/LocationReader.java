package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.flink.LocationSettings;
import java.util.Locale;
import java.util.Optional;

/** Reads where a cluster is: {@code rest}, or {@code high-availability} as Flink writes it. */
final class LocationReader {
  private static final String WHAT_REST_IS =
      "the address of the cluster's REST API, such as \"http://localhost:8081\"";
  private static final String ZOOKEEPER = "zookeeper";

  private LocationReader() {}

  static Optional<LocationSettings> read(Section cluster) {
    Section availability = cluster.section("high-availability");
    boolean elected = availability.get("type", LocationReader::isElected);
    Optional<LocationSettings> leader = leader(availability, elected);
    if (!availability.isSound("type")) {
      return Optional.empty();
    }
    if (!elected) {
      return cluster
          .require("rest", Addresses::rest, WHAT_REST_IS)
          .map(LocationSettings.Fixed::new);
    }
    if (cluster.isSet("rest")) {
      cluster.fault(
          "rest",
          "has no say where high-availability.type is zookeeper: the leader's address counts; leave"
              + " one of them out");
    }
    return leader;
  }

  private static boolean isElected(ConfigValue value) {
    String text = Values.text(value).strip().toLowerCase(Locale.ROOT);
    if (!text.equals(ZOOKEEPER) && !text.equals("none")) {
      throw new IllegalArgumentException("must be zookeeper or none, not '" + text + "'");
    }
    return text.equals(ZOOKEEPER);
  }

  /** Reads all of it in any case, so that no key goes unread. */
  private static Optional<LocationSettings> leader(Section availability, boolean wanted) {
    Section zookeeper = availability.section(ZOOKEEPER);
    Section client = zookeeper.section("client");
    String clusterId = availability.get("cluster-id", Values::text);
    String root = zookeeper.section("path").get("root", Values::text);
    var session = client.get("session-timeout", Values::duration);
    var connection = client.get("connection-timeout", Values::duration);
    Optional<String> quorum =
        wanted
            ? zookeeper.require(
                "quorum",
                LocationReader::quorum,
                "ZooKeeper's servers, such as \"zk1:2181,zk2:2181\"")
            : zookeeper.read("quorum", LocationReader::quorum);
    return quorum.map(
        servers -> new LocationSettings.Elected(servers, root, clusterId, session, connection));
  }

  private static String quorum(ConfigValue value) {
    String text = Values.text(value).replaceAll("\\s", "");
    for (String server : text.split(",", -1)) {
      if (server.isEmpty() || server.contains("://")) {
        throw new IllegalArgumentException(
            "must be host:port, several of them separated by commas, not '" + text + "'");
      }
    }
    return text;
  }

  static boolean same(LocationSettings one, LocationSettings other) {
    if (one instanceof LocationSettings.Elected elected
        && other instanceof LocationSettings.Elected too) {
      return elected.same(too);
    }
    return one.equals(other);
  }
}
