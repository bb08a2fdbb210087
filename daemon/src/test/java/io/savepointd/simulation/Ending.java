package io.savepointd.simulation;

import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.RunId;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be true when nothing has gone wrong for long: all is as wanted, nothing is open. */
final class Ending extends Rule {
  static final String NAME = "10 in the end all is as wanted and accounted for";

  Ending(Simulation simulation) {
    super(NAME, simulation);
  }

  void check() {
    simulation().interactions().end();
    List<RunSeen> alive = clusters().alive();
    require(
        alive.size() == 1 && alive.get(0).allTasksRunning(),
        "one run is to be alive and running; there are " + alive);
    List<RunId> open =
        ledger().runs().entrySet().stream()
            .filter(e -> e.getValue().phase() != LedgerTruth.RunPhase.OVER)
            .map(Map.Entry::getKey)
            .toList();
    require(
        open.equals(alive.stream().map(RunSeen::id).toList()),
        "open on the ledger " + open + ", alive " + alive);
    require(
        open.stream()
            .allMatch(r -> ledger().run(r).orElseThrow().phase() == LedgerTruth.RunPhase.STARTED),
        "a run's start was never confirmed");
    ledger().savepoints().forEach(this::nothingIsOpen);
    storage().directories().forEach(this::isAccountedFor);
    readAgain();
  }

  private void nothingIsOpen(String id, LedgerTruth.SavepointEntry entry) {
    require(
        entry.phase() != LedgerTruth.SavepointPhase.OPEN
            && entry.phase() != LedgerTruth.SavepointPhase.EXPIRED,
        "savepoint " + id + " is still " + entry.phase());
    if (entry.phase() == LedgerTruth.SavepointPhase.RETAINED) {
      String path = entry.path().orElseThrow();
      require(
          storage().good(path) || storage().spoilt(path),
          "retained " + path + " is not good, and nobody has spoilt it");
    }
  }

  /** Of what failed nothing is left by now. */
  private void isAccountedFor(String directory) {
    Optional<LedgerTruth.SavepointEntry> entry =
        directory.matches("[0-9a-f]{32}")
            ? ledger().savepoint(new TriggerId(directory))
            : Optional.empty();
    require(
        entry
            .filter(
                e ->
                    e.phase() == LedgerTruth.SavepointPhase.RETAINED
                        || e.phase() == LedgerTruth.SavepointPhase.QUARANTINED)
            .isPresent(),
        "directory " + directory + " is there, and the ledger says " + entry);
  }

  private void readAgain() {
    SimulatedDaemon daemon = simulation().active().orElse(null);
    require(daemon != null, "no daemon holds the ledger");
    if (daemon == null) {
      return;
    }
    try {
      History read = daemon.ledgers().read();
      List<JobHistory> held = daemon.history().jobs();
      require(
          read.jobs().equals(held),
          "the disk says " + read.jobs() + ", but its owner believes " + held);
    } catch (IOException e) {
      require(false, "the ledger can't be read: " + e);
    }
  }
}
