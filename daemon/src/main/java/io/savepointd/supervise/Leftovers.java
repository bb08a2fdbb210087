package io.savepointd.supervise;

import io.savepointd.flink.TriggerOutcome;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Trigger;
import io.savepointd.storage.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the directories of failed triggers: a savepoint that comes late is taken in, and what
 * is still no good after a while is deleted, unless the cluster may be writing to it.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** How often the cluster is asked whether a savepoint has come late. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** Of many failures in a row only the newest may still come to something. */
  private static final int ASKED_ABOUT = 3;

  /** Not more in one look, so that the job's other affairs go on. */
  private static final int AT_ONCE = 20;

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private final SavepointEffects savepoints;
  private final SavepointSearch search;
  private Instant nextLook = Instant.MIN;
  private int position;

  /** What a look at one leftover has come to. */
  private enum Outcome {
    TAKEN_IN,
    NOTHING,
    /** The cluster doesn't answer. */
    SILENCE
  }

  Leftovers(Keeping keeping, Journal journal, SavepointEffects savepoints) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
    this.savepoints = savepoints;
    this.search = new SavepointSearch(keeping);
  }

  /** Does what is due; true if a savepoint was taken in. */
  boolean tend() throws LedgerLost {
    Instant now = keeping.clock().instant();
    List<Leftover> leftovers = journal.history().leftovers();
    if (leftovers.isEmpty() || (now.isBefore(nextLook) && now.plus(LOOK).isAfter(nextLook))) {
      return false;
    }
    nextLook = now.plus(LOOK);
    boolean takenIn = false;
    int from = position < leftovers.size() ? position : 0;
    int to = Math.min(leftovers.size(), from + AT_ONCE);
    position = to;
    Set<ClusterName> silent = new HashSet<>();
    for (int i = from; i < to; i++) {
      Leftover leftover = leftovers.get(i);
      ClusterName cluster = keeping.clusterOf(leftover.trigger().run()).name();
      if (silent.contains(cluster)) {
        continue; // each further question would wait as long
      }
      boolean due =
          leftover.expired()
              || !now.isBefore(leftover.failedAt().plus(keeping.supervision().leftoverGrace()));
      boolean young = i >= leftovers.size() - ASKED_ABOUT;
      if (due || young) {
        Outcome outcome = due ? settle(leftover) : takeInIfComplete(leftover.trigger());
        takenIn |= outcome == Outcome.TAKEN_IN;
        if (outcome == Outcome.SILENCE) {
          silent.add(cluster);
        }
      }
    }
    return takenIn;
  }

  /** What was condemned before, perhaps by another daemon, goes before anything new begins. */
  void deleteCondemned() throws LedgerLost {
    for (Leftover leftover : journal.history().leftovers()) {
      if (leftover.expired()) {
        delete(leftover.trigger());
      }
    }
  }

  private Outcome takeInIfComplete(Trigger trigger) throws LedgerLost {
    TriggerOutcome outcome = keeping.clusterOf(trigger.run()).outcome(trigger.run(), trigger.id());
    if (silent(trigger, outcome)) {
      return Outcome.SILENCE;
    }
    return outcome instanceof TriggerOutcome.Completed
            && takeIn(trigger) instanceof SavepointSearch.Found
        ? Outcome.TAKEN_IN
        : Outcome.NOTHING;
  }

  /** A run that is over, on a cluster that was given up, writes nothing any more. */
  private boolean silent(Trigger trigger, TriggerOutcome outcome) {
    return outcome instanceof TriggerOutcome.Unknown unknown
        && !unknown.notFound()
        && !keeping.leftBehind(trigger.run());
  }

  private SavepointSearch.Result takeIn(Trigger trigger) throws LedgerLost {
    SavepointSearch.Result result = search.look(trigger);
    if (result instanceof SavepointSearch.Found found) {
      LOG.info("event=savepoint.late trigger={} path={}", trigger.id(), found.path());
      savepoints.retain(trigger, found);
    }
    return result;
  }

  /** The grace is over: a last look, then it goes. */
  private Outcome settle(Leftover leftover) throws LedgerLost {
    Trigger trigger = leftover.trigger();
    if (!leftover.expired()) {
      TriggerOutcome outcome =
          keeping.clusterOf(trigger.run()).outcome(trigger.run(), trigger.id());
      if (silent(trigger, outcome)) {
        return Outcome.SILENCE;
      }
      if (outcome instanceof TriggerOutcome.InProgress) {
        return Outcome.NOTHING;
      }
      SavepointSearch.Result result = takeIn(trigger);
      if (!(result instanceof SavepointSearch.Nothing)) {
        return result instanceof SavepointSearch.Found ? Outcome.TAKEN_IN : Outcome.NOTHING;
      }
      journal.write(new Event.LeftoverExpired(keeping.clock().instant(), job, trigger.id()));
    }
    delete(trigger);
    return Outcome.NOTHING;
  }

  private void delete(Trigger trigger) throws LedgerLost {
    journal.prove();
    try {
      keeping.store().deleteTrigger(job, trigger.id());
    } catch (StorageUnavailable | IllegalArgumentException e) {
      LOG.warn(
          "event=leftover.delete.failed trigger={} directory={} reason=\"{}\" next=\"again in {}\"",
          trigger.id(),
          trigger.directory(),
          e.getMessage(),
          LOOK);
      return;
    }
    journal.write(new Event.LeftoverDeleted(keeping.clock().instant(), job, trigger.id()));
    LOG.info("event=leftover.deleted trigger={} directory={}", trigger.id(), trigger.directory());
  }
}
