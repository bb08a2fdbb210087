package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.JobStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about upgrades besides stopping and starting: beginning, giving up, ending them. */
final class Upgrades {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);

  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private final Launchpad launchpad;
  private final CheckpointNotes checkpoints;

  Upgrades(Keeping keeping, Journal journal, Launchpad launchpad, CheckpointNotes checkpoints) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
    this.launchpad = launchpad;
    this.checkpoints = checkpoints;
  }

  /** Puts the upgrade on the ledger; if that isn't to be, why not. */
  Optional<Answer> begin(Demand.Upgrade demand, JobStatus status) throws LedgerLost {
    JobHistory history = journal.history();
    Optional<Answer> refused = refuse(history, status);
    if (refused.isPresent()) {
      return refused;
    }
    Run run = history.openRun().orElseThrow();
    Launch old = run.launch().orElseThrow();
    if (!old.cluster().equals(keeping.job().cluster())) {
      return Optional.of(
          new Answer.Refused(
              ConfiguredElsewhere.words(run, keeping.job()) + "; nothing has changed"));
    }
    try (Launchpad.Ready ready = launchpad.configured()) {
      if (ready.launch().same(old)) {
        return Optional.of(
            new Answer.Done("nothing to change: run " + run.id() + " runs as configured"));
      }
      Optional<Answer> noWayBack = noWayBack(run, old);
      if (noWayBack.isPresent()) {
        return noWayBack;
      }
      Instant at = history.afterAllAskedFor(keeping.clock().instant());
      LOG.info(
          "event=upgrade.begun run={} changes=\"{}\" drop_state={}",
          run.id(),
          String.join(", ", old.changesTo(ready.launch())),
          demand.dropState());
      journal.write(
          new Event.UpgradeIntended(at, job, run.id(), ready.launch(), demand.dropState()));
      return Optional.empty();
    } catch (Launchpad.NotReady e) {
      return Optional.of(notBegun(e));
    } catch (StorageUnavailable e) {
      return Optional.of(new Answer.Unreachable(e.getMessage()));
    }
  }

  /** What a person is told where the new launch can't be had. */
  static Answer notBegun(Launchpad.NotReady why) {
    return why.state() == State.UNREACHABLE
        ? new Answer.Unreachable(why.getMessage())
        : new Answer.Refused(why.getMessage() + "; nothing has changed");
  }

  /** Why a try couldn't be undone. */
  Optional<Answer> noWayBack(Run run, Launch old) throws StorageUnavailable {
    return keeping.launches().holds(old)
        ? Optional.empty()
        : Optional.of(
            new Answer.Refused(
                "what run "
                    + run.id()
                    + " was started with is gone from the storage, so that there is no way back;"
                    + inTwoSteps()));
  }

  /** Why nothing of the kind can be begun at the moment. */
  Optional<Answer> refuse(JobHistory history, JobStatus status) {
    if (history.orders().upgrade().isPresent()) {
      return Optional.of(new Answer.Refused("an upgrade or a move is under way already"));
    }
    if (history.orders().stopWanted().isPresent()) {
      return Optional.of(
          new Answer.Refused(
              "the job is stopped; `savepointd start " + job + "` starts it as configured"));
    }
    if (history.orders().hold().isPresent()) {
      return Optional.of(
          new Answer.Refused(
              "the job is held, and a new run wouldn't be started: "
                  + history.orders().hold().get().reason()
                  + "; `savepointd release "
                  + job
                  + "` first"));
    }
    Optional<Run> run = history.openRun().filter(open -> open.phase() instanceof Run.Phase.Started);
    if (run.isEmpty() || status.state() != State.RUNNING) {
      return Optional.of(
          new Answer.Refused(
              "the job isn't running, so that no savepoint can be taken: " + status.detail()));
    }
    if (run.get().launch().filter(Launch::kept).isEmpty()) {
      return Optional.of(
          new Answer.Refused(
              "what run "
                  + run.get().id()
                  + " was started with isn't known, so that there is no way back;"
                  + inTwoSteps()));
    }
    return Optional.empty();
  }

  private String inTwoSteps() {
    return " `savepointd stop " + job + "` and `savepointd start " + job + "` do without one";
  }

  /** Where the statistics show a checkpoint after all, it has proved itself in time. */
  void giveUp(Optional<Run> attempt, String reason) throws LedgerLost {
    boolean byCheckpoint =
        journal.history().orders().upgrade().filter(Upgrade::dropState).isEmpty();
    Optional<Run> unproved =
        attempt.filter(run -> run.open() && run.startedAt().isPresent() && !run.checkpointed());
    if (byCheckpoint && unproved.isPresent() && checkpoints.note(unproved.get())) {
      return;
    }
    String why = reason + attempt.map(this::cause).orElse("");
    LOG.warn(
        "event=upgrade.given-up run={} reason=\"{}\" next=\"back to what was running before\"",
        attempt.map(run -> run.id().value()).orElse("none"),
        why);
    journal.write(new Event.UpgradeGivenUp(keeping.clock().instant(), job, why));
  }

  private String cause(Run attempt) {
    if (!attempt.open()) {
      return ""; // its end has it
    }
    try {
      return keeping
          .clusterOf(attempt.id())
          .failureCause(attempt.id())
          .map(c -> ": " + c)
          .orElse("");
    } catch (ClusterUnavailable e) {
      LOG.debug("event=run.failure_cause.unknown run={}", attempt.id(), e);
      return "";
    }
  }

  void end(boolean applied, String words) throws LedgerLost {
    if (applied) {
      LOG.info("event=upgrade.done words=\"{}\"", words);
    } else {
      LOG.warn("event=upgrade.not-made reason=\"{}\"", words);
    }
    journal.write(new Event.UpgradeOver(keeping.clock().instant(), job, applied, words));
  }
}
