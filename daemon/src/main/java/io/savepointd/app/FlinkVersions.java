package io.savepointd.app;

import io.savepointd.flink.TestedFlinks;
import io.savepointd.model.ClusterName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Flink each cluster has said that it is. One that wasn't tested is said once, however often
 * it is reached again, until it has become another. Safe for several threads.
 */
final class FlinkVersions {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkVersions.class);

  private final Map<ClusterName, String> last = new ConcurrentHashMap<>();

  void seen(ClusterName cluster, String version) {
    if (version.equals(last.put(cluster, version))) {
      return;
    }
    Optional<String> remark = TestedFlinks.remark(version);
    if (remark.isPresent()) {
      LOG.warn(
          "event=cluster.untested cluster={} flink={} reason=\"{}\" next=\"its jobs are kept all the"
              + " same; this is said once\"",
          cluster,
          version,
          remark.get());
    } else {
      LOG.info("event=cluster.flink cluster={} flink={}", cluster, version);
    }
  }

  /** A sentence for each of these clusters that runs what wasn't tested. */
  List<String> remarks(Collection<ClusterName> clusters) {
    return clusters.stream()
        .sorted()
        .flatMap(
            cluster ->
                Optional.ofNullable(last.get(cluster))
                    .flatMap(TestedFlinks::remark)
                    .map(remark -> "cluster " + cluster + ": " + remark)
                    .stream())
        .toList();
  }
}
