package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has really become durable, folded anew by other means than the daemon's. Order is the order
 * of the disk; no clock is believed.
 */
final class LedgerTruth {
  enum RunPhase {
    INTENDED,
    STARTED,
    CANCELLING,
    OVER
  }

  enum SavepointPhase {
    OPEN,
    FAILED,
    RETAINED,
    QUARANTINED,
    EXPIRED,
    DELETED
  }

  /** A run as the ledger has it. */
  record RunEntry(Origin origin, RunPhase phase) {}

  /**
   * A trigger and what came of it.
   *
   * @param number by the order in which they were intended
   * @param intendedAt by the daemon's clock
   */
  record SavepointEntry(
      RunId run,
      String directory,
      int number,
      Instant intendedAt,
      SavepointPhase phase,
      Optional<String> path) {
    SavepointEntry in(SavepointPhase next) {
      return new SavepointEntry(run, directory, number, intendedAt, next, path);
    }
  }

  private final Map<RunId, RunEntry> runs = new LinkedHashMap<>();
  private final Map<String, SavepointEntry> savepoints = new LinkedHashMap<>();
  private final Set<RunId> cancels = new HashSet<>();
  private final Set<String> leftovers = new HashSet<>();
  private final Set<String> pinned = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<RunId, ClusterName> clusters = new HashMap<>();
  private boolean stopWanted;
  private boolean moving;

  void apply(Event event) {
    counts.merge(event.getClass().getSimpleName(), 1, Integer::sum);
    countMoves(event);
    if (event instanceof Event.OfRun e) {
      run(e);
    } else if (event instanceof Event.OfTrigger e) {
      trigger(e);
    } else if (event instanceof Event.OfSavepoint e) {
      savepoint(e);
    } else if (event instanceof Event.StopWanted) {
      stopWanted = true;
    } else if (event instanceof Event.StartWanted) {
      stopWanted = false;
    }
  }

  /** As {@code moves made} and {@code moves undone}. */
  private void countMoves(Event event) {
    if (event instanceof Event.RunIntended e) {
      clusters.put(e.run(), e.cluster());
    } else if (event instanceof Event.UpgradeIntended e) {
      moving = !e.launch().cluster().equals(clusters.get(e.run()));
    } else if (event instanceof Event.UpgradeOver e && moving) {
      moving = false;
      counts.merge(e.applied() ? "moves made" : "moves undone", 1, Integer::sum);
    }
  }

  private void run(Event.OfRun event) {
    if (event instanceof Event.RunIntended e) {
      runs.putIfAbsent(e.run(), new RunEntry(e.origin(), RunPhase.INTENDED));
    } else if (event instanceof Event.RunAdopted e) {
      Origin origin = runs.containsKey(e.run()) ? runs.get(e.run()).origin() : e.origin();
      runs.put(e.run(), new RunEntry(origin, RunPhase.STARTED));
    } else if (event instanceof Event.RunStarted e) {
      phase(e.run(), RunPhase.STARTED);
    } else if (event instanceof Event.CancelIntended e) {
      cancels.add(e.run());
      phase(e.run(), RunPhase.CANCELLING);
    } else if (event instanceof Event.RunEnded || event instanceof Event.RunNotStarted) {
      phase(event.run(), RunPhase.OVER);
    }
  }

  private void phase(RunId run, RunPhase phase) {
    runs.computeIfPresent(run, (id, entry) -> new RunEntry(entry.origin(), phase));
  }

  private void trigger(Event.OfTrigger event) {
    String id = event.trigger().value();
    if (event instanceof Event.SavepointIntended e) {
      savepoints.putIfAbsent(
          id,
          new SavepointEntry(
              e.run(),
              e.directory(),
              savepoints.size(),
              e.at(),
              SavepointPhase.OPEN,
              Optional.empty()));
    } else if (event instanceof Event.SavepointRetained e) {
      savepoints.computeIfPresent(
          id,
          (key, s) ->
              new SavepointEntry(
                  s.run(),
                  s.directory(),
                  s.number(),
                  s.intendedAt(),
                  SavepointPhase.RETAINED,
                  Optional.of(e.path())));
    } else if (event instanceof Event.SavepointFailed) {
      phase(id, SavepointPhase.FAILED);
    } else if (event instanceof Event.LeftoverExpired) {
      leftovers.add(id);
    } else if (event instanceof Event.LeftoverDeleted) {
      phase(id, SavepointPhase.DELETED);
    }
  }

  private void savepoint(Event.OfSavepoint event) {
    String id = event.savepoint().value();
    if (event instanceof Event.SavepointExpired) {
      phase(id, SavepointPhase.EXPIRED);
    } else if (event instanceof Event.SavepointDeleted) {
      phase(id, SavepointPhase.DELETED);
    } else if (event instanceof Event.SavepointQuarantined) {
      phase(id, SavepointPhase.QUARANTINED);
    } else if (event instanceof Event.SavepointCleared) {
      phase(id, SavepointPhase.RETAINED);
    } else if (event instanceof Event.SavepointPinned) {
      pinned.add(id);
    } else if (event instanceof Event.SavepointUnpinned) {
      pinned.remove(id);
    }
  }

  private void phase(String savepoint, SavepointPhase phase) {
    savepoints.computeIfPresent(savepoint, (id, entry) -> entry.in(phase));
  }

  Optional<RunEntry> run(RunId run) {
    return Optional.ofNullable(runs.get(run));
  }

  Map<RunId, RunEntry> runs() {
    return runs;
  }

  Optional<SavepointEntry> savepoint(TriggerId trigger) {
    return Optional.ofNullable(savepoints.get(trigger.value()));
  }

  Optional<SavepointEntry> savepoint(SavepointId id) {
    return Optional.ofNullable(savepoints.get(id.value()));
  }

  Map<String, SavepointEntry> savepoints() {
    return savepoints;
  }

  boolean cancelIntended(RunId run) {
    return cancels.contains(run);
  }

  boolean leftoverExpired(SavepointId id) {
    return leftovers.contains(id.value());
  }

  boolean pinned(SavepointId id) {
    return pinned.contains(id.value());
  }

  boolean stopWanted() {
    return stopWanted;
  }

  /** Newest first. */
  List<SavepointEntry> retained() {
    return savepoints.values().stream()
        .filter(s -> s.phase() == SavepointPhase.RETAINED)
        .sorted(Comparator.comparingInt(SavepointEntry::number).reversed())
        .toList();
  }

  List<SavepointId> retainedIds() {
    return savepoints.entrySet().stream()
        .filter(e -> e.getValue().phase() == SavepointPhase.RETAINED)
        .map(e -> new SavepointId(e.getKey()))
        .toList();
  }

  /** How often each kind of event has become durable. */
  Map<String, Integer> counts() {
    return counts;
  }
}
