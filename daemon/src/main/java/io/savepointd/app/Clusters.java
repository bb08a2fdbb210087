package io.savepointd.app;

import io.savepointd.flink.ClusterConnection;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.model.ClusterName;
import io.savepointd.supervise.ClusterLook;
import io.savepointd.supervise.ClusterView;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The clusters of one configuration, each with the one watch that all of its jobs share. Never
 * changes: another configuration makes another, in which a cluster that is the same is the same.
 */
final class Clusters implements AutoCloseable {
  private final HttpClient http;
  private final Clock clock;
  private final FlinkVersions versions;
  private final Map<ClusterName, Reached> reached;

  private record Reached(
      ClusterSettings settings,
      ClusterConnection connection,
      FlinkCluster cluster,
      VersionLook watch) {}

  private Clusters(
      HttpClient http, Clock clock, FlinkVersions versions, Map<ClusterName, Reached> reached) {
    this.http = http;
    this.clock = clock;
    this.versions = versions;
    this.reached = reached;
  }

  /**
   * None; {@code http} serves all that are to come, and {@code versions} is told which Flink each
   * is.
   */
  static Clusters none(HttpClient http, Clock clock, FlinkVersions versions) {
    return new Clusters(http, clock, versions, Map.of());
  }

  /** Those that are configured now; nothing is sent to them. */
  Clusters as(Map<ClusterName, ClusterSettings> configured) {
    Map<ClusterName, Reached> next = new TreeMap<>();
    configured.forEach((name, settings) -> next.put(name, reach(settings)));
    return new Clusters(http, clock, versions, next);
  }

  private Reached reach(ClusterSettings settings) {
    Reached before = reached.get(settings.name());
    if (before != null && before.settings().equals(settings)) {
      return before;
    }
    ClusterConnection connection = new ClusterConnection(settings, http);
    FlinkCluster cluster = connection.cluster();
    return new Reached(settings, connection, cluster, new VersionLook(cluster, clock, versions));
  }

  /** Ends the connections that {@code others} don't share. */
  void closeAllBut(Clusters others) {
    reached.forEach(
        (name, one) -> {
          if (!one.equals(others.reached.get(name))) {
            one.connection().close();
          }
        });
  }

  /** Ends the commands that are starting runs; see {@link ClusterConnection#endCommands}. */
  void endCommands() {
    reached.values().forEach(one -> one.connection().endCommands());
  }

  @Override
  public void close() {
    reached.values().forEach(one -> one.connection().close());
  }

  /** How each of them is configured. */
  Map<ClusterName, ClusterSettings> configured() {
    Map<ClusterName, ClusterSettings> settings = new TreeMap<>();
    reached.forEach((name, one) -> settings.put(name, one.settings()));
    return settings;
  }

  /** One that is configured. */
  FlinkCluster cluster(ClusterName name) {
    return reached.get(name).cluster();
  }

  /** The watch of one that is configured. */
  ClusterLook watch(ClusterName name) {
    return reached.get(name).watch();
  }

  /** The watch of each. */
  Collection<? extends ClusterLook> watches() {
    return reached.values().stream().map(Reached::watch).toList();
  }

  /** A look at one, which another configuration may have taken away since its name was read. */
  ClusterView look(ClusterName name, Instant notBefore) {
    return Optional.ofNullable(reached.get(name))
        .map(r -> r.watch().look(notBefore))
        .orElseGet(
            () ->
                new ClusterView.Unavailable(
                    notBefore, "cluster " + name + " was removed from the configuration"));
  }
}
