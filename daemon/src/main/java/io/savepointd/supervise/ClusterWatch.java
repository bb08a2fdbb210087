package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkCluster;
import java.time.Clock;
import java.time.Instant;

/**
 * Looks at one cluster for all its jobs: lanes that look at about the same moment share one
 * request. Safe for several threads; a look blocks for the cluster's request timeout at most.
 */
public final class ClusterWatch implements ClusterLook {
  private final FlinkCluster cluster;
  private final Clock clock;
  private ClusterView latest = new ClusterView.Unavailable(Instant.MIN, "not looked at yet");

  /** Watches {@code cluster}. */
  public ClusterWatch(FlinkCluster cluster, Clock clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /** The latest view if it was begun at {@code notBefore} or later, else a new one. */
  @Override
  public synchronized ClusterView look(Instant notBefore) {
    Instant now = clock.instant();
    boolean fromTheFuture = latest.at().isAfter(now); // the clock was set back
    if (fromTheFuture || latest.at().isBefore(notBefore)) {
      try {
        latest = new ClusterView.Seen(now, cluster.overview());
      } catch (ClusterUnavailable e) {
        latest = new ClusterView.Unavailable(now, e.getMessage());
      }
    }
    return latest;
  }
}
