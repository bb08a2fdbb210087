package io.savepointd.ledger;

import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a ledger still means something: the events of what {@link History} remembers in the end,
 * the newest order of each kind, and the newest trigger of each occasion, from which it is known
 * when a schedule fired last. Runs and savepoints are kept or dropped whole, all of their events or
 * none. Reading what is kept gives the same history as reading everything, so that a ledger may be
 * compacted piece by piece.
 */
final class Compaction {
  private final History history;
  private final Map<JobOccasion, Event.SavepointIntended> newest = new HashMap<>();
  private final Set<RunId> runs = new HashSet<>();
  private final Set<String> savepoints = new HashSet<>();
  private final Map<JobOrder, Event.Order> orders = new HashMap<>();

  private record JobOccasion(String job, Occasion occasion) {}

  private record JobOrder(String job, Class<?> kind) {}

  private Compaction(List<? extends Event> events) {
    History all = History.empty();
    for (Event event : events) {
      all = all.apply(event);
      if (event instanceof Event.SavepointIntended e) {
        newest.merge(
            new JobOccasion(e.job().value(), e.occasion()),
            e,
            (a, b) -> b.at().isBefore(a.at()) ? a : b);
      } else if (event instanceof Event.Order e) {
        orders.put(new JobOrder(e.job().value(), e.getClass()), e);
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
    job.leftovers().forEach(leftover -> savepoints.add(leftover.trigger().id().value()));
    job.savepoints().forEach(savepoint -> savepoints.add(savepoint.id().value()));
    job.runs().forEach(run -> runs.add(run.id()));
  }

  private boolean keeps(Event.OfJob event) {
    if (event instanceof Event.OfRun e) {
      return runs.contains(e.run());
    } else if (event instanceof Event.OfTrigger e) {
      return savepoints.contains(e.trigger().value());
    } else if (event instanceof Event.OfSavepoint e) {
      return savepoints.contains(e.savepoint().value());
    }
    return orders.containsValue(event);
  }
}
