package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.model.SavepointId;

/** Rule 6: what is never deleted. */
final class SafeDeletions extends Rule {
  static final String NAME = "6 never delete what is needed";

  SafeDeletions(Simulation simulation) {
    super(NAME, simulation);
  }

  @Override
  void deletes(Life process, SavepointId id) {
    LedgerTruth.SavepointEntry entry = ledger().savepoint(id).orElse(null);
    require(entry != null, id + " is deleted, of which the ledger knows nothing");
    if (entry == null || entry.path().isEmpty()) {
      return;
    }
    if (entry.phase() == LedgerTruth.SavepointPhase.DELETED) {
      return; // tried again; nothing is there any more
    }
    require(!ledger().pinned(id), id + " is deleted though a person has pinned it");
    require(
        ledger().retained().stream().anyMatch(s -> s.number() > entry.number()),
        id + " is deleted, and nothing retained is newer");
    require(
        !clusters().standsOn(entry.path().get()),
        id + " is deleted, and the run that stands on it has no checkpoint of its own");
  }

  /** What came late is taken in, not thrown away. */
  @Override
  void durable(Event event) {
    if (event instanceof Event.LeftoverExpired e) {
      require(
          !storage().goodSavepointIn(storage().directoryOf(e.trigger())),
          "what trigger " + e.trigger() + " left is condemned, and a good savepoint is in it");
    }
  }

  @Override
  void deletesLeftover(Life process, SavepointId id) {
    require(
        ledger()
            .savepoint(id)
            .filter(
                s ->
                    s.phase() == LedgerTruth.SavepointPhase.FAILED
                        || s.phase() == LedgerTruth.SavepointPhase.DELETED)
            .isPresent(),
        id + " is deleted as a leftover, but it is none");
  }
}
