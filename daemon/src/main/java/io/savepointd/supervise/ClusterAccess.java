package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.UnconfiguredCluster;
import io.savepointd.model.ClusterName;
import java.time.Duration;

/**
 * One cluster, as a job is kept on it.
 *
 * @param failover how long it is given to bring a run back by itself, where the job has no word of
 *     its own on that
 * @param showsArguments whether everybody on this machine can read what runs are started with there
 */
public record ClusterAccess(
    FlinkCluster cluster, ClusterLook watch, Duration failover, boolean showsArguments) {

  /** A cluster that brings nothing back by itself, and is sent what it is to start. */
  public ClusterAccess(FlinkCluster cluster, ClusterLook watch) {
    this(cluster, watch, Duration.ZERO, false);
  }

  /** One that the configuration doesn't name, or no longer: it never answers. */
  static ClusterAccess none(ClusterName name) {
    UnconfiguredCluster cluster = new UnconfiguredCluster(name);
    return new ClusterAccess(
        cluster, notBefore -> new ClusterView.Unavailable(notBefore, cluster.reason()));
  }
}
