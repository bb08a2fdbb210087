package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.retention.Decision;
import io.savepointd.retention.RetentionPlan;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when nothing else is: letting retention condemn savepoints, deleting what it has
 * condemned, and noting a run's first checkpoint, on which deletions may wait.
 */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** A deletion that failed is tried again after this. */
  private static final Duration DELETE_AGAIN = Duration.ofSeconds(30);

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private Instant nextDelete = Instant.MIN;

  Housekeeping(Keeping keeping, Journal journal) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
  }

  /**
   * What retention would do now; changes nothing.
   *
   * @param all every job's history, since one job's run may stand on another's savepoint
   */
  public static RetentionPlan plan(
      RetentionPolicy policy,
      JobHistory history,
      Collection<JobHistory> all,
      SavepointStore store,
      Instant now) {
    Map<SavepointId, String> needed = new Needed(store).of(history, all, Optional.empty());
    return policy.plan(history.retained(), needed, now);
  }

  /** Condemns what the policy no longer wants; how many that were. */
  int condemn(Optional<String> wanted) throws LedgerLost {
    Instant now = keeping.clock().instant();
    JobHistory history = journal.history();
    RetentionPlan plan = keeping.retention().plan(history.retained(), needed(wanted), now);
    plan.overrun()
        .ifPresent(
            overrun -> LOG.warn("event=retention.over-max-bytes reason=\"{}\"", overrun.inWords()));
    Event.OfJob[] expired =
        plan.decisions().stream()
            .filter(Decision.Expire.class::isInstance)
            .map(
                d ->
                    new Event.SavepointExpired(
                        now, job, d.savepoint().id(), String.join("; ", d.reasons())))
            .toArray(Event.OfJob[]::new);
    if (expired.length > 0) {
      journal.write(expired);
      nextDelete = Instant.MIN;
    }
    return expired.length;
  }

  private Map<SavepointId, String> needed(Optional<String> wanted) {
    return new Needed(keeping.store()).of(journal.history(), journal.all(), wanted);
  }

  /** Deletes what is condemned, trying again later what can't be deleted now; how many are gone. */
  int deleteCondemned(Optional<String> wanted) throws LedgerLost {
    Instant now = keeping.clock().instant();
    if (now.isBefore(nextDelete) || journal.history().expired().isEmpty()) {
      return 0;
    }
    int deleted = 0;
    Map<SavepointId, String> needed = needed(wanted);
    for (Savepoint savepoint : journal.history().expired()) {
      if (needed.containsKey(savepoint.id())) {
        continue; // a person has restored from it after it was condemned
      }
      journal.prove();
      try {
        keeping.store().delete(savepoint);
      } catch (IllegalArgumentException e) {
        nextDelete = now.plus(DELETE_AGAIN);
        LOG.warn(
            "event=savepoint.delete.refused savepoint={} path={} reason=\"{}\""
                + " next=\"it stays where it is\"",
            savepoint.id(),
            savepoint.path(),
            e.getMessage());
        continue;
      } catch (StorageUnavailable e) {
        nextDelete = now.plus(DELETE_AGAIN);
        LOG.warn(
            "event=savepoint.delete.failed savepoint={} path={} reason=\"{}\" next=\"again at {}\"",
            savepoint.id(),
            savepoint.path(),
            e.getMessage(),
            nextDelete);
        return deleted;
      }
      journal.write(new Event.SavepointDeleted(keeping.clock().instant(), job, savepoint.id()));
      LOG.info("event=savepoint.deleted savepoint={} path={}", savepoint.id(), savepoint.path());
      deleted++;
    }
    return deleted;
  }
}
