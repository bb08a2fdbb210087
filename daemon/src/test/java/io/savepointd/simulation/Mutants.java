package io.savepointd.simulation;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.SimulatedDisk;
import io.savepointd.storage.SavepointStore;

/** Puts a {@link Mutation} between the daemon and the world. */
final class Mutants {
  private final Simulation simulation;
  private final Mutation mutation;

  Mutants(Simulation simulation, Mutation mutation) {
    this.simulation = simulation;
    this.mutation = mutation;
  }

  /** A mutation breaks more rules than one; only its own is of interest. */
  boolean isToBreak(String rule) {
    return mutation == Mutation.NONE || mutation.rule().equals(rule);
  }

  Ledger ledger(Ledger real) {
    return switch (mutation) {
      case ACKNOWLEDGES_BEFORE_DURABLE, IGNORES_LOSS, FORGETS_HISTORY, CONDEMNS_THE_NEWEST ->
          new MutantLedger(real, mutation);
      default -> real;
    };
  }

  FlinkCluster cluster(FlinkCluster real) {
    return switch (mutation) {
      case TAKES_AN_ERROR_FOR_NO_RUNS, TAKES_AN_ERROR_FOR_A_FAILURE, RESENDS_UNDER_A_FRESH_ID ->
          new MutantCluster(real, mutation, simulation.ids());
      default -> real;
    };
  }

  SavepointStore store(SavepointStore real) {
    return switch (mutation) {
      case VERIFIES_NOTHING, FORGETS_HISTORY, FORGETS_TO_DELETE, OVERLOOKS_CHECKPOINTS ->
          new MutantStore(real, mutation);
      default -> real;
    };
  }

  boolean ignoresLoss() {
    return mutation == Mutation.IGNORES_LOSS;
  }

  boolean swallowsFirings() {
    return mutation == Mutation.SWALLOWS_FIRINGS;
  }

  SimulatedDisk.Garbage garbage() {
    return mutation == Mutation.OVERLOOKS_GARBAGE
        ? SimulatedDisk.Garbage.OVERLOOKED
        : SimulatedDisk.Garbage.THERE;
  }
}
