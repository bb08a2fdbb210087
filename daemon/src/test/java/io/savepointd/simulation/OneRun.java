package io.savepointd.simulation;

import io.savepointd.flink.RunSeen;
import java.util.List;

/** Rule 3: whatever the daemon believes, the clusters together never have two runs of the job. */
final class OneRun extends Rule {
  static final String NAME = "3 never two runs of one job";

  OneRun(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void clusterHasChanged() {
    List<RunSeen> alive = clusters().alive();
    require(alive.size() <= 1, "alive at once: " + alive);
  }
}
