package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.JobName;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Where demands on one job come in and where their answers go out. What stands by itself, such as a
 * stop, goes on the ledger at once; the rest is remembered here until it is answered.
 */
final class DemandDesk {
  private final JobName job;
  private final Keeping keeping;
  private final Journal journal;
  private final SavepointLine line = new SavepointLine();
  private final StartDemand start = new StartDemand();
  private final StopDemand stop = new StopDemand();
  private final UpgradeDemand upgrade = new UpgradeDemand();

  DemandDesk(Keeping keeping, Journal journal) {
    this.job = keeping.name();
    this.keeping = keeping;
    this.journal = journal;
  }

  SavepointLine line() {
    return line;
  }

  StartDemand start() {
    return start;
  }

  void savepoint(Demand.Savepoint demand, CompletableFuture<Answer> answer) {
    Instant answerBy = keeping.clock().instant().plus(keeping.supervision().savepointTimeout());
    line.join(demand, answer, journal.history().openTriggers(), answerBy);
  }

  /** A start lifts what would keep the job down. */
  void start(Demand.Start demand, CompletableFuture<Answer> answer) throws LedgerLost {
    Instant now = keeping.clock().instant();
    if (journal.history().orders().upgrade().filter(u -> u.givenUp().isEmpty()).isPresent()) {
      answer.complete(
          new Answer.Refused(
              "an upgrade or a move is under way; `savepointd stop " + job + "` ends it"));
      return;
    }
    if (journal.history().orders().stopWanted().isPresent()) {
      journal.write(new Event.StartWanted(now, job, "a start was asked for"));
    }
    if (journal.history().orders().hold().isPresent()) {
      journal.write(new Event.JobReleased(now, job));
    }
    stop.answer(new Answer.Refused("a start was asked for meanwhile"));
    start.set(demand, answer, now.plus(keeping.supervision().startTimeout()));
  }

  void stop(CompletableFuture<Answer> answer) throws LedgerLost {
    Instant now = keeping.clock().instant();
    Instant wanted = stopBegun().orElse(now);
    if (journal.history().orders().upgrade().isPresent()) {
      String why = "a stop was asked for meanwhile";
      journal.write(new Event.UpgradeOver(now, job, false, why));
      upgrade.answer(new Answer.Failed(why));
    }
    if (journal.history().orders().stopWanted().isEmpty()) {
      journal.write(new Event.StopWanted(wanted, job));
    }
    start.answer(new Answer.Refused("a stop was asked for meanwhile"));
    stop.set(answer, now, now.plus(keeping.supervision().savepointTimeout()));
  }

  /**
   * Since when an upgrade has been stopping the job: what that leaves will do for this stop too.
   */
  private Optional<Instant> stopBegun() {
    JobHistory history = journal.history();
    return history
        .orders()
        .upgrade()
        .filter(u -> u.givenUp().isEmpty() && u.attempt(history).isEmpty())
        .map(Upgrade::at);
  }

  /** One that has been begun; the answer comes when it is over. */
  void upgrade(CompletableFuture<Answer> answer) {
    Duration longest =
        keeping
            .supervision()
            .savepointTimeout()
            .plus(keeping.supervision().upgradeTimeout())
            .plus(keeping.supervision().startTimeout());
    upgrade.set(answer, keeping.clock().instant().plus(longest));
  }

  Answer release() throws LedgerLost {
    if (journal.history().orders().hold().isEmpty()) {
      return new Answer.Refused("job " + job + " is not held, so there is nothing to release");
    }
    journal.write(new Event.JobReleased(keeping.clock().instant(), job));
    return new Answer.Done("job " + job + " is released: it is started as its configuration says");
  }

  /** After an action. */
  void heed(JobHistory history) {
    start.heed(history);
    stop.heed(history);
    upgrade.heed(history);
  }

  /** While waiting; nobody is kept waiting for a savepoint of a job that isn't running. */
  void heed(Action.Wait wait, JobHistory history, Instant now) {
    start.heed(wait, now);
    stop.heed(wait, history, now);
    upgrade.heed(wait, history, now);
    line.turnAwayLate(
        keeping.clock().instant(),
        new Answer.Failed(
            "no savepoint could be begun within "
                + Words.of(keeping.supervision().savepointTimeout())
                + ": "
                + wait.detail()));
    switch (wait.state()) {
      case RUNNING, STARTING -> {}
      case UNREACHABLE -> line.turnAwayRequested(new Answer.Unreachable(wait.detail()));
      default ->
          line.turnAwayRequested(
              new Answer.Failed("the job isn't running, so there is no state: " + wait.detail()));
    }
  }

  /** What a person wants to start from at the moment. */
  Optional<String> wanted() {
    return start.path();
  }

  /** Answers everybody: the lane ends. What is under way stays open on the ledger. */
  void abandon(Parting why) {
    line.abandon(why.underWay());
    start.answer(why.underWay());
    stop.answer(why.stopping());
    upgrade.answer(why.stopping());
  }
}
