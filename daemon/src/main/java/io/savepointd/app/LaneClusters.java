package io.savepointd.app;

import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.DiscreetCluster;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.LaunchSettings;
import io.savepointd.flink.LocationSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Redaction;
import io.savepointd.supervise.ClusterAccess;
import io.savepointd.supervise.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The clusters as one lane sees them: discreet, and marked in its progress. */
final class LaneClusters {
  /**
   * Twice what Flink takes with its default session timeouts (46-51 s seen), and some: giving a run
   * up too early is worse than too late.
   */
  private static final Duration FAILOVER = Duration.ofMinutes(2);

  private LaneClusters() {}

  static Map<ClusterName, ClusterAccess> of(
      Clusters clusters, Redaction redaction, Progress progress) {
    Map<ClusterName, ClusterAccess> accesses = new TreeMap<>();
    clusters
        .configured()
        .forEach(
            (name, settings) -> {
              LaneMarks marks = new LaneMarks(settings, progress);
              FlinkCluster discreet = new DiscreetCluster(clusters.cluster(name), redaction);
              accesses.put(
                  name,
                  new ClusterAccess(
                      marks.on(discreet),
                      marks.on(clusters.watch(name)),
                      failover(settings),
                      settings.launch() instanceof LaunchSettings.CommandLine));
            });
    return accesses;
  }

  private static Duration failover(ClusterSettings settings) {
    return settings.location() instanceof LocationSettings.Elected ? FAILOVER : Duration.ZERO;
  }
}
