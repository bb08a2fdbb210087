package io.savepointd.flink;

import io.savepointd.model.ClockReading;
import java.util.List;
import java.util.Optional;

/**
 * What can be learnt of a cluster without changing anything on it. Each call blocks for a few
 * requests' timeouts at most.
 */
public interface ClusterProbe {
  /** Version and slots. */
  ClusterFacts facts() throws ClusterUnavailable;

  /** Every run it tells of. */
  List<RunSeen> runs() throws ClusterUnavailable;

  /** How it is set up. */
  ClusterSetup setup() throws ClusterUnavailable;

  /** The JobManager's clock; empty if it doesn't tell. */
  Optional<ClockReading> clock() throws ClusterUnavailable;
}
