package io.savepointd.ledger;

import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.TriggerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a ledger still means something: the events of what {@link History} remembers in the end,
 * and the newest trigger of each occasion, from which it is known when a schedule fired last. Runs
 * and savepoints are kept or dropped whole, all of their events or none. Reading what is kept gives
 * the same history as reading everything, so that a ledger may be compacted piece by piece.
 */
final class Compaction {
  private final History history;
  private final Map<JobOccasion, Event.SavepointIntended> newest = new HashMap<>();
  private final Set<RunId> runs = new HashSet<>();
  private final Set<String> savepoints = new HashSet<>();

  private record JobOccasion(String job, Occasion occasion) {}

  private Compaction(List<? extends Event> events) {
    History all = History.empty();
    for (Event event : events) {
      all = all.apply(event);
      if (event instanceof Event.SavepointIntended e) {
        newest.merge(
            new JobOccasion(e.job().value(), e.occasion()),
            e,
            (a, b) -> b.at().isBefore(a.at()) ? a : b);
      }
    }
    this.history = all;
  }

  /** The events to keep, in their order. */
  static List<Event.OfJob> keep(List<? extends Event> events) {
    Compaction compaction = new Compaction(events);
    compaction.history.jobs().forEach(compaction::choose);
    compaction.newest.values().forEach(e -> compaction.savepoints.add(e.trigger().value()));
    List<Event.OfJob> kept = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.OfJob ofJob && compaction.keeps(ofJob)) {
        kept.add(ofJob);
      }
    }
    return kept;
  }

  private void choose(JobHistory job) {
    job.openTriggers().forEach(trigger -> savepoints.add(trigger.id().value()));
    job.savepoints().forEach(savepoint -> savepoints.add(savepoint.id().value()));
    job.runs().forEach(run -> runs.add(run.id()));
  }

  private boolean keeps(Event.OfJob event) {
    if (event instanceof Event.RunIntended e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.RunStarted e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.RunNotStarted e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.RunAdopted e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.RunCheckpointed e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.CancelIntended e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.RunEnded e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.SavepointIntended e) {
      return keeps(e.trigger());
    } else if (event instanceof Event.SavepointRetained e) {
      return keeps(e.trigger());
    } else if (event instanceof Event.SavepointFailed e) {
      return keeps(e.trigger());
    } else if (event instanceof Event.SavepointExpired e) {
      return savepoints.contains(e.savepoint().value());
    } else if (event instanceof Event.SavepointDeleted e) {
      return savepoints.contains(e.savepoint().value());
    }
    throw new IllegalStateException("no rule for " + event.getClass());
  }

  private boolean keeps(TriggerId trigger) {
    return savepoints.contains(trigger.value());
  }
}
