package io.savepointd.flink;

import java.net.URI;
import java.time.Duration;

/** Where a cluster's REST API is found. */
public sealed interface LocationSettings {
  /** In words, for a message. */
  String told();

  /**
   * At one address, for ever.
   *
   * @param rest such as {@code http://localhost:8081}; a path is a proxy's prefix
   */
  record Fixed(URI rest) implements LocationSettings {
    @Override
    public String told() {
      return rest.toString();
    }
  }

  /**
   * At the address of the JobManager that leads, as ZooKeeper tells it. The terms are those of
   * Flink's {@code high-availability.*}.
   *
   * @param quorum {@code host:port}, separated by commas
   * @param root the node under which all clusters have theirs
   * @param clusterId this cluster's node below that
   * @param sessionTimeout of our own session, which decides nothing about the cluster's
   * @param connectionTimeout bound on connecting to ZooKeeper
   */
  record Elected(
      String quorum,
      String root,
      String clusterId,
      Duration sessionTimeout,
      Duration connectionTimeout)
      implements LocationSettings {
    /** Whether both name one cluster, however often they look. */
    public boolean same(Elected other) {
      return quorum.equals(other.quorum) && node().equals(other.node());
    }

    private String node() {
      return ("/" + root + "/" + clusterId).replaceAll("/+", "/");
    }

    @Override
    public String told() {
      return "ZooKeeper " + quorum + node();
    }
  }
}
