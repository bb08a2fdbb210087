package io.savepointd.supervise;

import io.savepointd.flink.TriggerReply;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Run;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about savepoints: asking for one, verifying what came of it, and only then retaining
 * it. A returned wait says why nothing more can be done for now.
 */
final class SavepointEffects {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointEffects.class);
  private static final Duration RETRIGGER_PAUSE = Duration.ofSeconds(10);
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(5);

  /** Flink's words when asked right after a start or in a failover; worth another try. */
  private static final String NOT_READY = "Not all required tasks are currently running";

  private final JobName job;
  private final Duration timeout;
  private final World world;
  private final Journal journal;
  private final SavepointLine line;
  private final Map<TriggerId, Instant> askAgainFrom = new HashMap<>();
  private final Map<TriggerId, Instant> lookAgainFrom = new HashMap<>();

  SavepointEffects(
      JobName job, Duration timeout, World world, Journal journal, SavepointLine line) {
    this.job = job;
    this.timeout = timeout;
    this.world = world;
    this.journal = journal;
    this.line = line;
  }

  Optional<Action.Wait> take(Run run, Demand.Savepoint demand) throws LedgerLost {
    TriggerId id = world.ids().newTrigger();
    Trigger trigger =
        new Trigger(
            id,
            job,
            run.id(),
            demand.occasion(),
            demand.format(),
            world.store().directoryOf(job, id),
            now());
    journal.write(
        new Event.SavepointIntended(
            trigger.intendedAt(),
            job,
            trigger.run(),
            id,
            trigger.directory(),
            trigger.format(),
            trigger.occasion()));
    line.taken(id);
    LOG.info(
        "event=savepoint.trigger trigger={} run={} occasion={}", id, run.id(), demand.occasion());
    return ask(trigger);
  }

  /** Not more often than every ten seconds; in between the job's other affairs go on. */
  Instant askAgainFrom(TriggerId trigger) {
    return askAgainFrom.getOrDefault(trigger, Instant.MIN);
  }

  /** Before this nothing is done about the trigger; the job's other affairs go on. */
  Instant lookAgainFrom(TriggerId trigger) {
    return lookAgainFrom.getOrDefault(trigger, Instant.MIN);
  }

  Optional<Action.Wait> again(Trigger trigger) throws LedgerLost {
    Optional<Found> found;
    try {
      found = find(trigger);
    } catch (StorageUnavailable e) {
      return storageDown(trigger, e);
    }
    if (found.isPresent()) {
      return retain(trigger, found.get());
    }
    askAgainFrom.put(trigger.id(), now().plus(RETRIGGER_PAUSE));
    LOG.warn(
        "event=savepoint.retrigger trigger={} reason=\"unknown to the cluster\"", trigger.id());
    return ask(trigger);
  }

  private Optional<Action.Wait> ask(Trigger trigger) throws LedgerLost {
    journal.requireHeld();
    TriggerReply reply =
        world.cluster().trigger(trigger.run(), trigger.id(), trigger.directory(), trigger.format());
    if (reply instanceof TriggerReply.Refused refused) {
      return failed(trigger, "refused by the cluster: " + refused.reason());
    }
    if (reply instanceof TriggerReply.Unknown unknown) {
      LOG.warn(
          "event=savepoint.trigger.unknown trigger={} reason=\"{}\" next=\"its outcome is looked up\"",
          trigger.id(),
          unknown.reason());
    }
    return Optional.empty();
  }

  /** Flink calls it completed; it counts once we have seen for ourselves. */
  Optional<Action.Wait> takeIn(Trigger trigger, String path) throws LedgerLost {
    Verification verified;
    try {
      verified = world.store().verify(path);
    } catch (StorageUnavailable e) {
      return storageDown(trigger, e);
    }
    if (verified instanceof Verification.Good good) {
      return retain(trigger, new Found(path, good));
    }
    return failed(trigger, path + " is not good: " + reasonOf(verified));
  }

  /** Nothing more will come; what lies complete in the trigger's own directory still counts. */
  Optional<Action.Wait> close(Trigger trigger, String reason) throws LedgerLost {
    Optional<Found> found;
    try {
      found = find(trigger);
    } catch (StorageUnavailable e) {
      return storageDown(trigger, e);
    }
    return found.isPresent() ? retain(trigger, found.get()) : failed(trigger, reason);
  }

  private record Found(String path, Verification.Good good) {}

  private Optional<Found> find(Trigger trigger) throws StorageUnavailable {
    for (String path : world.store().savepointsIn(trigger.directory())) {
      if (world.store().verify(path) instanceof Verification.Good good) {
        return Optional.of(new Found(path, good));
      }
    }
    return Optional.empty();
  }

  private Optional<Action.Wait> retain(Trigger trigger, Found found) throws LedgerLost {
    Verification.Good good = found.good();
    journal.write(
        new Event.SavepointRetained(
            now(), job, trigger.id(), found.path(), good.bytes(), good.files()));
    forget(trigger.id());
    long tookMs = Duration.between(trigger.intendedAt(), now()).toMillis();
    LOG.info(
        "event=savepoint.retained trigger={} path={} bytes={} files={} took_ms={}",
        trigger.id(),
        found.path(),
        good.bytes(),
        good.files(),
        tookMs);
    line.settled(
        trigger.id(),
        new Answer.Done(
            "savepoint "
                + trigger.id()
                + " retained: "
                + found.path()
                + " (verified: "
                + good.files()
                + " files, "
                + good.bytes()
                + " bytes, "
                + tookMs
                + " ms)"));
    return Optional.empty();
  }

  private Optional<Action.Wait> failed(Trigger trigger, String reason) throws LedgerLost {
    journal.write(new Event.SavepointFailed(now(), job, trigger.id(), reason));
    forget(trigger.id());
    boolean again = reason.contains(NOT_READY) && line.again(trigger.id(), now().plusMillis(500));
    LOG.warn(
        "event=savepoint.failed trigger={} reason=\"{}\" next=\"{}\"",
        trigger.id(),
        reason,
        again ? "tried again under a new id" : "waits for the next schedule or command");
    line.settled(trigger.id(), new Answer.Failed("savepoint failed: " + reason));
    return Optional.empty();
  }

  /**
   * Unknown is not failed: it is looked again, while the job's other affairs go on; but not for
   * ever, since an open trigger keeps the next savepoint from being asked for.
   */
  private Optional<Action.Wait> storageDown(Trigger trigger, StorageUnavailable e)
      throws LedgerLost {
    if (now().isAfter(trigger.intendedAt().plus(timeout.multipliedBy(2)))) {
      return failed(trigger, "the storage could not tell in time: " + e.getMessage());
    }
    lookAgainFrom.put(trigger.id(), now().plus(STORAGE_PAUSE));
    LOG.warn(
        "event=savepoint.unverified trigger={} reason=\"{}\" next=\"looked at again in {}\"",
        trigger.id(),
        e.getMessage(),
        STORAGE_PAUSE);
    return Optional.empty();
  }

  private void forget(TriggerId trigger) {
    askAgainFrom.remove(trigger);
    lookAgainFrom.remove(trigger);
  }

  private static String reasonOf(Verification verification) {
    if (verification instanceof Verification.Damaged damaged) {
      return damaged.reason();
    }
    return verification instanceof Verification.Missing missing ? missing.reason() : "";
  }

  private Instant now() {
    return world.clock().instant();
  }
}
