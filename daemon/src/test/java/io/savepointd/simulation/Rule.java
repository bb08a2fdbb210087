package io.savepointd.simulation;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;

/** One thing that must hold whatever happens; hears of everything that could break it. */
abstract class Rule {
  private final String name;
  private final Simulation simulation;

  Rule(String name, Simulation simulation) {
    this.name = name;
    this.simulation = simulation;
  }

  String name() {
    return name;
  }

  final Simulation simulation() {
    return simulation;
  }

  final void require(boolean holds, String otherwise) {
    if (!holds) {
      simulation.rules().broken(name, otherwise, null);
    }
  }

  final LedgerTruth ledger() {
    return simulation.truth();
  }

  final ClusterWorlds clusters() {
    return simulation.clusters();
  }

  final StorageWorld storage() {
    return simulation.storage();
  }

  /** A submission leaves its process, whether or not it arrives. */
  void submits(Life process, Submission submission) {}

  void triggers(Life process, RunId run, TriggerId trigger, String directory) {}

  void cancels(Life process, RunId run) {}

  void deletes(Life process, SavepointId savepoint) {}

  void deletesLeftover(Life process, SavepointId savepoint) {}

  void clusterHasChanged() {}

  /** A good savepoint lies there from now on. */
  void savepointIsComplete(TriggerId trigger, String path) {}

  /** An event is durable; the truth doesn't know of it yet. */
  void durable(Event event) {}

  /** Now and then while nothing happens. */
  void watch() {}
}
