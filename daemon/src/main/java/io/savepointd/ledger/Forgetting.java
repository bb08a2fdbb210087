package io.savepointd.ledger;

import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which runs and savepoints of a job are remembered, so that years of a schedule or of a job that
 * can't start don't fill the memory. What is in use is never forgotten: open runs, savepoints that
 * are not deleted, the runs these were taken from, the last with checkpoints, and the savepoints
 * that remembered runs were restored from.
 */
final class Forgetting {
  /** How many deleted savepoints of a job are remembered beside those that are in use. */
  static final int DELETED_SAVEPOINTS = 200;

  /** How many runs of a job that are over are remembered beside those that are in use. */
  static final int RUNS_OVER = 500;

  private Forgetting() {}

  /** The history without what is to be forgotten; the oldest goes first. */
  static JobHistory trim(JobHistory h) {
    if (h.savepoints().size() <= DELETED_SAVEPOINTS && h.runs().size() <= RUNS_OVER) {
      return h;
    }
    List<Run> runs = runs(h);
    return h.withRuns(runs).withSavepoints(savepoints(h, runs));
  }

  private static List<Run> runs(JobHistory h) {
    if (h.runs().size() <= RUNS_OVER) {
      return h.runs();
    }
    Set<RunId> inUse = new HashSet<>();
    for (Savepoint savepoint : h.savepoints()) {
      if (savepoint.state() != Savepoint.State.DELETED) {
        savepoint.run().ifPresent(inUse::add);
      }
    }
    h.openTriggers().stream().map(Trigger::run).forEach(inUse::add);
    h.leftovers().stream().map(l -> l.trigger().run()).forEach(inUse::add);
    // A job that ever ran must never look like a new one, however often it failed to start since.
    h.runs().stream()
        .filter(r -> !(r.phase() instanceof Run.Phase.NotStarted))
        .reduce((first, second) -> second)
        .ifPresent(r -> inUse.add(r.id()));
    // Its checkpoints may be the newest state there is.
    h.runs().stream()
        .filter(Run::checkpointed)
        .reduce((first, second) -> second)
        .ifPresent(r -> inUse.add(r.id()));
    return newest(h.runs(), r -> !r.open() && !inUse.contains(r.id()), RUNS_OVER);
  }

  private static List<Savepoint> savepoints(JobHistory h, List<Run> runs) {
    Set<String> origins = new HashSet<>();
    for (Run run : runs) {
      if (run.origin() instanceof Origin.Restored restored) {
        origins.add(restored.path());
      }
    }
    return newest(
        h.savepoints(),
        s -> s.state() == Savepoint.State.DELETED && !origins.contains(s.path()),
        DELETED_SAVEPOINTS);
  }

  private static <T> List<T> newest(List<T> all, Predicate<T> forgettable, int remembered) {
    long excess = all.stream().filter(forgettable).count() - remembered;
    if (excess <= 0) {
      return all;
    }
    List<T> left = new ArrayList<>(all);
    for (Iterator<T> oldest = left.iterator(); excess > 0 && oldest.hasNext(); ) {
      if (forgettable.test(oldest.next())) {
        oldest.remove();
        excess--;
      }
    }
    return left;
  }
}
