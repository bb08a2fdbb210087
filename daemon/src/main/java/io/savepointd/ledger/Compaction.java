package io.savepointd.ledger;

import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a ledger still means something. Runs and savepoints are kept or dropped whole: all of
 * their events or none. Kept are
 *
 * <ul>
 *   <li>every run that is open or ended no longer ago than {@link #MEMORY}, and every savepoint
 *       that is not deleted, or no longer ago than that;
 *   <li>one step of lineage beyond: the runs those savepoints were taken from, and the savepoints
 *       those runs were restored from;
 *   <li>the newest run and savepoint of each job, whatever their age, since a job that ever had
 *       state must never look like a new one;
 *   <li>the newest trigger of each occasion, from which it is known when a schedule fired last.
 * </ul>
 */
final class Compaction {
  /** How long a run that has ended and a savepoint that is gone are remembered. */
  static final Duration MEMORY = Duration.ofDays(400);

  private final Instant since;
  private final History history;
  private final Map<SavepointId, Instant> deletedAt = new HashMap<>();
  private final Map<JobOccasion, Event.SavepointIntended> newest = new HashMap<>();
  private final Set<RunId> runs = new HashSet<>();
  private final Set<String> savepoints = new HashSet<>();

  private record JobOccasion(String job, Occasion occasion) {}

  private Compaction(List<? extends Event> events, Instant now) {
    this.since = now.minus(MEMORY);
    History all = History.empty();
    for (Event event : events) {
      all = all.apply(event);
      if (event instanceof Event.SavepointDeleted e) {
        deletedAt.putIfAbsent(e.savepoint(), e.at());
      } else if (event instanceof Event.SavepointIntended e) {
        newest.merge(
            new JobOccasion(e.job().value(), e.occasion()),
            e,
            (a, b) -> b.at().isBefore(a.at()) ? a : b);
      }
    }
    this.history = all;
  }

  /** The events to keep, in their order. Their fold tells of what is kept what all of them tell. */
  static List<Event.OfJob> keep(List<? extends Event> events, Instant now) {
    Compaction compaction = new Compaction(events, now);
    compaction.history.jobs().forEach(compaction::choose);
    compaction.newest.values().forEach(e -> compaction.savepoints.add(e.trigger().value()));
    List<Event.OfJob> kept = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.OfJob ofJob && compaction.keeps(ofJob)) {
        kept.add(ofJob);
      }
    }
    kept.addAll(compaction.forgottenCheckpoints(kept, now));
    return kept;
  }

  private void choose(JobHistory job) {
    job.openTriggers().forEach(trigger -> savepoints.add(trigger.id().value()));
    Set<RunId> takenFrom = new HashSet<>();
    int last = job.savepoints().size() - 1;
    for (int i = 0; i <= last; i++) {
      Savepoint savepoint = job.savepoints().get(i);
      if (i == last || !deletedAt.getOrDefault(savepoint.id(), Instant.MAX).isBefore(since)) {
        savepoints.add(savepoint.id().value());
        takenFrom.add(savepoint.run());
      }
    }
    Set<String> restoredFrom = new HashSet<>();
    int newestRun = job.runs().size() - 1;
    for (int i = 0; i <= newestRun; i++) {
      Run run = job.runs().get(i);
      if (i == newestRun || !endedAt(run).isBefore(since) || takenFrom.contains(run.id())) {
        runs.add(run.id());
        if (run.origin() instanceof Origin.Restored restored) {
          restoredFrom.add(restored.path());
        }
      }
    }
    job.savepoints().stream()
        .filter(savepoint -> restoredFrom.contains(savepoint.path()))
        .forEach(savepoint -> savepoints.add(savepoint.id().value()));
  }

  private static Instant endedAt(Run run) {
    if (run.phase() instanceof Run.Phase.Ended ended) {
      return ended.at();
    }
    return run.phase() instanceof Run.Phase.NotStarted not ? not.at() : Instant.MAX;
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

  /** A run has a checkpoint of its own also where only a dropped savepoint told of it. */
  private List<Event.OfJob> forgottenCheckpoints(List<Event.OfJob> kept, Instant now) {
    History compacted = History.empty();
    for (Event event : kept) {
      compacted = compacted.apply(event);
    }
    List<Event.OfJob> missing = new ArrayList<>();
    for (JobHistory job : compacted.jobs()) {
      for (Run run : job.runs()) {
        if (!run.checkpointed()
            && history.of(job.job()).run(run.id()).map(Run::checkpointed).orElse(false)) {
          missing.add(new Event.RunCheckpointed(now, job.job(), run.id()));
        }
      }
    }
    return missing;
  }
}
