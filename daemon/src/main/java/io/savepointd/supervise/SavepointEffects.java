package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.TriggerReply;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is done about savepoints: asking for one, verifying what came of it, and only then retaining
 * it. A returned wait says why nothing more can be done for now.
 */
final class SavepointEffects {
  private static final Logger LOG = LoggerFactory.getLogger(SavepointEffects.class);
  private static final Duration RETRIGGER_PAUSE = Duration.ofSeconds(10);
  private static final Duration STORAGE_PAUSE = Duration.ofSeconds(5);

  /** Flink's words when asked right after a start or in a failover; worth another try. */
  private static final List<String> NOT_READY =
      List.of(
          "Not all required tasks are currently running",
          // A new leader's UnavailableDispatcherOperationException.
          "not available while the JobManager is initializing");

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private final SavepointLine line;
  private final SavepointSearch search;
  private final Deadlines deadlines;
  private final StopAttempts stops;
  private final Map<TriggerId, Instant> askAgainFrom = new HashMap<>();
  private final Map<TriggerId, Instant> lookAgainFrom = new HashMap<>();

  SavepointEffects(Keeping keeping, Journal journal, SavepointLine line) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
    this.line = line;
    this.search = new SavepointSearch(keeping);
    this.deadlines = new Deadlines(keeping);
    this.stops = new StopAttempts(keeping, journal);
  }

  Optional<Action.Wait> take(Run run, Demand.Savepoint demand) throws LedgerLost {
    Trigger trigger = intend(run, demand.occasion(), demand.format());
    line.taken(trigger.id());
    return ask(trigger);
  }

  /** Stops the run with a savepoint; the savepoint counts whether the run ends or not. */
  Optional<Action.Wait> stop(Run run) throws LedgerLost {
    return ask(intend(run, new Occasion.Stopping(), SavepointFormat.CANONICAL));
  }

  /** Takes one that nobody has asked for, to prove that the run can. */
  Optional<Action.Wait> prove(Run run) throws LedgerLost {
    return ask(intend(run, new Occasion.Requested(), SavepointFormat.CANONICAL));
  }

  private Trigger intend(Run run, Occasion occasion, SavepointFormat format) throws LedgerLost {
    TriggerId id = keeping.ids().newTrigger();
    Trigger trigger =
        new Trigger(
            id,
            job,
            run.id(),
            occasion,
            format,
            keeping.store().directoryOf(job, id),
            journal.history().afterAllAskedFor(now()));
    journal.write(
        new Event.SavepointIntended(
            trigger.intendedAt(),
            job,
            trigger.run(),
            id,
            trigger.directory(),
            trigger.format(),
            trigger.occasion()));
    LOG.info("event=savepoint.trigger trigger={} run={} occasion={}", id, run.id(), occasion);
    return trigger;
  }

  /** Not more often than every ten seconds; in between the job's other affairs go on. */
  Instant askAgainFrom(TriggerId trigger) {
    return askAgainFrom.getOrDefault(trigger, Instant.MIN);
  }

  /** Before this nothing is done about the trigger; the job's other affairs go on. */
  Instant lookAgainFrom(TriggerId trigger) {
    return lookAgainFrom.getOrDefault(trigger, Instant.MIN);
  }

  /** When the trigger's outcome is no longer waited for. */
  Instant deadline(Trigger trigger) {
    return deadlines.of(trigger);
  }

  Optional<Action.Wait> again(Trigger trigger) throws LedgerLost {
    SavepointSearch.Result result = search.look(trigger);
    if (result instanceof SavepointSearch.Unknown unknown) {
      return storageDown(trigger, unknown.reason());
    }
    if (result instanceof SavepointSearch.Found found) {
      return retain(trigger, found);
    }
    askAgainFrom.put(trigger.id(), now().plus(RETRIGGER_PAUSE));
    if (result instanceof SavepointSearch.UnderWay) {
      return Optional.empty(); // asked for again, it would be written twice
    }
    LOG.info(
        "event=savepoint.retrigger trigger={} reason=\"unknown to the cluster\"", trigger.id());
    journal.prove();
    return ask(trigger);
  }

  private Optional<Action.Wait> ask(Trigger trigger) throws LedgerLost {
    TriggerReply reply = send(trigger);
    if (reply instanceof TriggerReply.Refused refused) {
      return failed(trigger, "refused by the cluster: " + refused.reason());
    }
    if (reply instanceof TriggerReply.Unknown unknown) {
      LOG.info(
          "event=savepoint.trigger.unknown trigger={} reason=\"{}\" next=\"its outcome is looked"
              + " up\"",
          trigger.id(),
          unknown.reason());
    }
    return Optional.empty();
  }

  private TriggerReply send(Trigger t) {
    FlinkCluster cluster = keeping.clusterOf(t.run());
    return t.occasion() instanceof Occasion.Stopping
        ? cluster.stop(t.run(), t.id(), t.directory(), t.format())
        : cluster.trigger(t.run(), t.id(), t.directory(), t.format());
  }

  /** Flink calls it completed; it counts once we have seen for ourselves. */
  Optional<Action.Wait> takeIn(Trigger trigger, String path) throws LedgerLost {
    Verification verified;
    try {
      verified = keeping.store().verify(path);
    } catch (StorageUnavailable e) {
      return storageDown(trigger, e.getMessage());
    }
    if (verified instanceof Verification.Good good) {
      return retain(trigger, new SavepointSearch.Found(path, good));
    }
    return failed(trigger, path + " is not good: " + verified.fault().orElseThrow());
  }

  /** Nothing more will come; what lies complete in the trigger's own directory still counts. */
  Optional<Action.Wait> close(Trigger trigger, String reason) throws LedgerLost {
    SavepointSearch.Result result = search.look(trigger);
    if (result instanceof SavepointSearch.Unknown unknown) {
      return storageDown(trigger, unknown.reason());
    }
    if (!(result instanceof SavepointSearch.Found found)) {
      return failed(trigger, reason);
    }
    if (trigger.occasion() instanceof Occasion.Stopping) {
      stops.giveUp(trigger, reason + "; its savepoint is kept: " + found.path());
    }
    return retain(trigger, found);
  }

  Optional<Action.Wait> retain(Trigger trigger, SavepointSearch.Found found) throws LedgerLost {
    Verification.Good good = found.good();
    journal.write(
        new Event.SavepointRetained(
            now(), job, trigger.id(), found.path(), good.bytes(), good.files(), good.outside()));
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
    boolean again = NOT_READY.stream().anyMatch(reason::contains) && again(trigger, now());
    if (!again && trigger.occasion() instanceof Occasion.Stopping) {
      stops.giveUp(trigger, reason);
    }
    LOG.atLevel(again ? Level.INFO : Level.WARN)
        .log(
            "event=savepoint.failed trigger={} reason=\"{}\" next=\"{}\"",
            trigger.id(),
            reason,
            again ? "tried again under a new id" : "waits for the next schedule or command");
    line.settled(trigger.id(), new Answer.Failed("savepoint failed: " + reason));
    return Optional.empty();
  }

  private boolean again(Trigger trigger, Instant now) {
    return trigger.occasion() instanceof Occasion.Stopping
        ? stops.mayTryAgain()
        : line.again(trigger.id(), now.plusMillis(500));
  }

  /**
   * Unknown is not failed: it is looked again, while the job's other affairs go on; but not for
   * ever, since an open trigger keeps the next savepoint from being asked for.
   */
  private Optional<Action.Wait> storageDown(Trigger trigger, String reason) throws LedgerLost {
    Duration patience = Duration.between(trigger.intendedAt(), deadlines.of(trigger));
    if (now().isAfter(trigger.intendedAt().plus(patience.multipliedBy(2)))) {
      return failed(trigger, "the storage could not tell in time: " + reason);
    }
    lookAgainFrom.put(trigger.id(), now().plus(STORAGE_PAUSE));
    LOG.info(
        "event=savepoint.unverified trigger={} reason=\"{}\" next=\"looked at again in {}\"",
        trigger.id(),
        reason,
        STORAGE_PAUSE);
    return Optional.empty();
  }

  private void forget(TriggerId trigger) {
    askAgainFrom.remove(trigger);
    lookAgainFrom.remove(trigger);
  }

  private Instant now() {
    return keeping.clock().instant();
  }
}
