package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is done about runs that are there: each effect after its intent, each outcome on the ledger.
 * A returned wait says why nothing more can be done for now.
 */
final class RunEffects {
  private static final Logger LOG = LoggerFactory.getLogger(RunEffects.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Ten times what Flink's statistics can lag behind. */
  private static final Duration STATISTICS_DEADLINE = Duration.ofSeconds(30);

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private Optional<Confirming> confirming = Optional.empty();

  private record Confirming(RunId run, Instant since) {}

  RunEffects(Keeping keeping, Journal journal) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
  }

  /** One that was seen on that cluster. */
  /** The one of another job, whose name it bears, stays that one's. */
  private Optional<JobName> keptBy(RunId run) {
    return journal.all().stream()
        .filter(other -> !other.job().equals(job) && other.run(run).isPresent())
        .map(JobHistory::job)
        .findFirst();
  }

  Optional<Action.Wait> adopt(RunSeen seen, ClusterName on) throws LedgerLost {
    Optional<JobName> kept = keptBy(seen.id());
    if (kept.isPresent()) {
      return Optional.of(
          pause(
              State.HELD,
              "run "
                  + seen.id()
                  + " bears the job's name '"
                  + seen.name()
                  + "', but is job "
                  + kept.get()
                  + "'s: give one of the two another run-name"));
    }
    Optional<CheckpointFacts> facts;
    try {
      facts = keeping.access(on).cluster().checkpoints(seen.id());
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.UNREACHABLE, e.getMessage()));
    }
    Origin origin =
        facts
            .flatMap(CheckpointFacts::restoredFrom)
            .<Origin>map(path -> new Origin.Restored(keeping.store().spelled(path)))
            .orElseGet(Origin.Adopted::new);
    LOG.info("event=run.adopted run={} name=\"{}\" state={}", seen.id(), seen.name(), seen.state());
    journal.write(new Event.RunAdopted(now(), job, seen.id(), on, origin));
    return Optional.empty();
  }

  /**
   * Rule 5: the cluster itself must say that it restored from that very path, or from nothing where
   * nothing was asked for (a cluster-wide {@code execution.state-recovery.path} could interfere).
   */
  Optional<Action.Wait> confirmStart(Run run) throws LedgerLost {
    Optional<String> asked =
        run.origin() instanceof Origin.Restored from ? Optional.of(from.path()) : Optional.empty();
    Optional<String> restored;
    try {
      restored =
          keeping.clusterOf(run.id()).checkpoints(run.id()).flatMap(CheckpointFacts::restoredFrom);
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.STARTING, e.getMessage()));
    }
    boolean same =
        (asked.isPresent() == restored.isPresent()
                && (asked.isEmpty() || Paths.same(restored.orElseThrow(), asked.get())))
            || restored.filter(path -> isOwnCheckpoint(run.id(), path)).isPresent();
    if (same) {
      return started(run);
    }
    if (confirming.filter(c -> c.run().equals(run.id())).isEmpty()) {
      confirming = Optional.of(new Confirming(run.id(), now()));
    }
    if (restored.isEmpty() && now().isBefore(confirming.get().since().plus(STATISTICS_DEADLINE))) {
      // The statistics are a copy up to 3 s old (FLINK-FACTS), so an empty answer may be one of
      // before, however long ago the run was submitted.
      return Optional.of(
          new Action.Wait(
              State.STARTING,
              "all tasks running; waiting for Flink to say what was restored",
              now().plusMillis(300)));
    }
    String reason =
        "it was to start from "
            + asked.orElse("nothing")
            + " but started from "
            + restored.orElse("nothing");
    giveUpOn(run, reason);
    return cancel(run, reason);
  }

  /** Another start would do the same; only an upgrade has something to go back to. */
  private void giveUpOn(Run run, String reason) throws LedgerLost {
    JobHistory history = journal.history();
    boolean tried =
        history
            .orders()
            .upgrade()
            .filter(upgrade -> upgrade.givenUp().isEmpty())
            .flatMap(upgrade -> upgrade.attempt(history))
            .filter(attempt -> attempt.id().equals(run.id()))
            .isPresent();
    if (tried) {
      journal.write(new Event.UpgradeGivenUp(now(), job, reason));
    } else {
      hold("run " + run.id() + " was cancelled: " + reason);
    }
  }

  /** After a failover before we looked, the run stands on a checkpoint of its own. */
  private static boolean isOwnCheckpoint(RunId run, String path) {
    return path.contains("/" + run + "/chk-");
  }

  private Optional<Action.Wait> started(Run run) throws LedgerLost {
    journal.write(new Event.RunStarted(now(), job, run.id()));
    LOG.info(
        "event=run.started run={} from={} took_ms={}",
        run.id(),
        run.origin() instanceof Origin.Restored from ? from.path() : "nothing",
        Duration.between(run.intendedAt(), now()).toMillis());
    return Optional.empty();
  }

  Optional<Action.Wait> cancel(Run run, String reason) throws LedgerLost {
    LOG.info("event=run.cancel run={} reason=\"{}\"", run.id(), reason);
    journal.write(new Event.CancelIntended(now(), job, run.id(), reason));
    try {
      keeping.clusterOf(run.id()).cancel(run.id());
      return Optional.empty();
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.CANCELLING, e.getMessage()));
    }
  }

  /** From now on it isn't started by itself any more. */
  void hold(String reason) throws LedgerLost {
    LOG.error(
        "event=job.held reason=\"{}\" next=\"not started again until `savepointd release {}`\"",
        reason,
        job);
    journal.write(new Event.JobHeld(now(), job, reason));
  }

  Optional<Action.Wait> recordEnd(Run run, RunEnd end) throws LedgerLost {
    try {
      boolean askable = keeping.clusters().contains(run.cluster()); // else a person has told us
      if (end == RunEnd.GONE && askable && keeping.clusterOf(run.id()).find(run.id()).isPresent()) {
        return Optional.of(pause(State.UNREACHABLE, "run known but not in the overview"));
      }
    } catch (ClusterUnavailable e) {
      return Optional.of(pause(State.UNREACHABLE, e.getMessage()));
    }
    String reason = end == RunEnd.FAILED ? failureCause(run.id()) : "";
    if (reason.isEmpty()) {
      reason = run.phase() instanceof Run.Phase.Cancelling c ? c.reason() : end.name();
    }
    LOG.atLevel(meant(run, end) ? Level.INFO : Level.WARN)
        .log("event=run.ended run={} end={} reason=\"{}\"", run.id(), end, reason);
    journal.write(new Event.RunEnded(now(), job, run.id(), end, reason));
    return Optional.empty();
  }

  private boolean meant(Run run, RunEnd end) {
    return end == RunEnd.FINISHED
        || run.phase() instanceof Run.Phase.Cancelling
        || DecideStop.wanted(journal.history()).isPresent();
  }

  /** Asked only while a run takes its time to start; then they may be what it waits for. */
  OptionalInt freeSlots(ClusterView view) {
    Optional<Run> slow =
        journal
            .history()
            .openRun()
            .filter(run -> run.phase() instanceof Run.Phase.Intended)
            .filter(run -> now().isAfter(run.intendedAt().plus(Decide.RESEND)));
    if (slow.isEmpty() || view instanceof ClusterView.Unavailable) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(keeping.clusterOf(slow.get().id()).facts().slotsAvailable());
    } catch (ClusterUnavailable e) {
      LOG.debug("event=cluster.facts.unknown", e);
      return OptionalInt.empty();
    }
  }

  /** Good to know, but no start waits for it. */
  private String failureCause(RunId run) {
    try {
      return keeping.clusterOf(run).failureCause(run).orElse("");
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.failure_cause.unknown run={}", run, e);
      return "";
    }
  }

  private Action.Wait pause(State state, String detail) {
    return new Action.Wait(state, detail, now().plus(PAUSE));
  }

  private Instant now() {
    return keeping.clock().instant();
  }
}
