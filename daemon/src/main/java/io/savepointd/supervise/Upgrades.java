package io.savepointd.supervise;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.JobStatus.State;
import java.io.IOException;
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
    try (Launchpad.Ready ready = launchpad.configured()) {
      if (ready.launch().same(old)) {
        return Optional.of(
            new Answer.Done("nothing to change: run " + run.id() + " runs as configured"));
      }
      if (!keeping.launches().holds(old)) {
        return Optional.of(
            new Answer.Refused(
                "what run "
                    + run.id()
                    + " was started with is gone from the storage, so that there is no way back;"
                    + inTwoSteps()));
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
      return Optional.of(
          e.state() == State.UNREACHABLE
              ? new Answer.Unreachable(e.getMessage())
              : new Answer.Refused(e.getMessage() + "; nothing has changed"));
    } catch (StorageUnavailable e) {
      return Optional.of(new Answer.Unreachable(e.getMessage()));
    }
  }

  private Optional<Answer> refuse(JobHistory history, JobStatus status) {
    if (history.orders().upgrade().isPresent()) {
      return Optional.of(new Answer.Refused("an upgrade is under way already"));
    }
    if (history.orders().stopWanted().isPresent()) {
      return Optional.of(
          new Answer.Refused(
              "the job is stopped; `savepointd start " + job + "` starts it as configured"));
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
  void giveUp(Run attempt, String reason) throws LedgerLost {
    if (attempt.open() && checkpoints.note(attempt)) {
      return;
    }
    String why = reason + cause(attempt);
    LOG.warn(
        "event=upgrade.given-up run={} reason=\"{}\" next=\"back to what was running before\"",
        attempt.id(),
        why);
    journal.write(new Event.UpgradeGivenUp(keeping.clock().instant(), job, why));
  }

  private String cause(Run attempt) {
    if (!attempt.open()) {
      return ""; // its end has it
    }
    try {
      return keeping.cluster().failureCause(attempt.id()).map(c -> ": " + c).orElse("");
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

  /** What {@code status} adds for people; empty if there is nothing to add. */
  String footnote() {
    JobHistory history = journal.history();
    if (history.orders().upgrade().isPresent()) {
      return history
          .orders()
          .upgrade()
          .get()
          .givenUp()
          .map(given -> "; the upgrade is undone: " + given.reason())
          .orElse("; an upgrade is under way");
    }
    Optional<Launch> runs = history.openRun().flatMap(Run::launch).filter(Launch::kept);
    if (runs.isEmpty()) {
      return "";
    }
    String changes;
    try {
      Launch configured = launchpad.glance();
      if (configured.same(runs.get())) {
        return "";
      }
      changes = String.join(", ", runs.get().changesTo(configured));
    } catch (IOException e) {
      changes = "the jar can't be read";
    }
    return "; the configuration differs from what runs ("
        + changes
        + "): `savepointd upgrade "
        + job
        + "` applies it"
        + history
            .orders()
            .lastUpgrade()
            .filter(last -> !last.applied())
            .map(last -> "; that of " + last.at() + " came to nothing: " + last.words())
            .orElse("");
  }
}
