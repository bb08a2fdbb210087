package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one job as it is wanted, step by step: observe, decide, act. Holds no thread of its own and
 * never sleeps; only one thread may use it (the job's lane), except for {@link #status}.
 */
public final class JobKeeper {
  /** A step ends after this many actions, so that demands that came in meanwhile are heard. */
  private static final int ACTIONS_PER_STEP = 20;

  private final Keeping keeping;
  private final Journal journal;
  private final DemandDesk desk;
  private final Submissions submissions;
  private final RunEffects runs;
  private final CheckpointNotes checkpoints;
  private final Upgrades upgrades;
  private final Moves moves;
  private final Differences differences;
  private final SavepointEffects savepoints;
  private final Housekeeping housekeeping;
  private final Leftovers leftovers;
  private final Care care;
  private final RestorePointSearch restorePoints;
  private final Watching watching;
  private volatile JobStatus status;
  private volatile boolean windingDown;

  private boolean pruneDue = true;
  private boolean deletionsResolved;

  /** Keeps a job on the ledger it is given, which must be held. */
  public JobKeeper(JobPlan plan, World world, Ledger ledger) {
    this.journal = new Journal(plan.job().name(), ledger);
    this.keeping = new Keeping(plan, world, journal::history);
    this.desk = new DemandDesk(keeping, journal);
    Launchpad launchpad = new Launchpad(keeping);
    this.submissions = new Submissions(keeping, journal, launchpad);
    this.runs = new RunEffects(keeping, journal);
    this.checkpoints = new CheckpointNotes(keeping, journal);
    this.upgrades = new Upgrades(keeping, journal, launchpad, checkpoints);
    this.moves = new Moves(keeping, journal, launchpad, upgrades);
    this.differences = new Differences(keeping, journal, launchpad);
    this.savepoints = new SavepointEffects(keeping, journal, desk.line());
    this.housekeeping = new Housekeeping(keeping, journal);
    this.leftovers = new Leftovers(keeping, journal, savepoints);
    this.care = new Care(keeping.name(), world, journal);
    this.restorePoints =
        new RestorePointSearch(
            keeping.name(),
            () -> keeping.supervision().restore(),
            world.store(),
            world.clock(),
            Doubt.PATIENCE,
            journal::history);
    this.watching = new Watching(keeping, submissions, runs, savepoints);
    this.status =
        new JobStatus(
            keeping.name(),
            JobStatus.State.UNKNOWN,
            "not looked at yet",
            Optional.empty(),
            keeping.clock().instant());
  }

  /** How the job stood after the last step; any thread may ask. */
  public JobStatus status() {
    return status;
  }

  Progress progress() {
    return keeping.progress();
  }

  /** No savepoint in line is begun any more; what is under way goes on. Any thread may say so. */
  void windDown() {
    windingDown = true;
  }

  /**
   * From the next step on the job is kept so; what is under way goes on, and open demands stay
   * open. Only the lane's thread calls this, between two steps.
   */
  public void take(JobPlan plan, World world) {
    ClusterName home = home(journal.history());
    boolean elsewhere = keeping.access(home).cluster() != world.on(home).cluster();
    keeping.take(plan, world);
    pruneDue = true;
    restorePoints.forget();
    if (elsewhere) {
      watching.elsewhere();
    }
  }

  /** Takes a demand in; {@code answer} is completed once its outcome is known. */
  public void accept(Demand demand, CompletableFuture<Answer> answer) throws LedgerLost {
    if (demand instanceof Demand.Savepoint savepoint) {
      desk.savepoint(savepoint, answer);
    } else if (demand instanceof Demand.Start wanted) {
      desk.start(wanted, answer);
      restorePoints.forget();
    } else if (demand instanceof Demand.Stop) {
      desk.stop(answer);
    } else if (demand instanceof Demand.Upgrade || demand instanceof Demand.Move) {
      begin(demand).ifPresentOrElse(answer::complete, () -> desk.upgrade(answer));
    } else if (demand instanceof Demand.Release) {
      answer.complete(desk.release());
    } else if (demand instanceof Demand.Care wanted) {
      answer.complete(care.carryOut(wanted));
      restorePoints.forget();
      pruneDue = true;
    } else {
      int condemned = housekeeping.condemn(desk.wanted());
      int deleted = housekeeping.deleteCondemned(desk.wanted());
      answer.complete(
          new Answer.Done(condemned + " savepoints condemned, " + deleted + " deleted"));
    }
  }

  /** An upgrade or a move; if it isn't to be, why not. */
  private Optional<Answer> begin(Demand demand) throws LedgerLost {
    if (desk.start().get().isPresent()) {
      return Optional.of(new Answer.Refused("a start is under way"));
    }
    return demand instanceof Demand.Move move
        ? moves.begin(move, status)
        : upgrades.begin((Demand.Upgrade) demand, status);
  }

  /** Answers every open demand: the lane ends. What is under way stays open on the ledger. */
  void abandon(Parting why) {
    desk.abandon(why);
  }

  /** Does all there is to do now; returns when to step again at the latest. */
  public Instant step() throws LedgerLost {
    if (!deletionsResolved) {
      deletionsResolved = true; // as far as the storage can be asked; the rest is tried again later
      housekeeping.deleteCondemned(desk.wanted());
      leftovers.deleteCondemned();
    }
    for (int i = 0; i < ACTIONS_PER_STEP; i++) {
      journal.requireHeld();
      JobHistory history = journal.history();
      ClusterName home = home(history);
      Observed observed = watching.look(home, history, restorePoints.latest(sought(history)));
      Instant now = keeping.clock().instant();
      Desired desired = desired(keeping.supervision(home), nextInLine(now));
      Action action = new Decide(keeping.watchInterval()).next(desired, observed, history, now);
      Optional<Action.Wait> pause = carryOut(action, home);
      if (pause.isPresent()) {
        publish(pause.get());
        desk.heed(pause.get(), journal.history(), now);
        housekeep();
        Instant latest = keeping.clock().instant().plus(keeping.watchInterval());
        return pause.get().until().isBefore(latest) ? pause.get().until() : latest;
      }
      watching.acted();
      desk.heed(journal.history());
    }
    return keeping.clock().instant();
  }

  private ClusterName home(JobHistory history) {
    return Home.of(desired(keeping.supervision(), Optional.empty()), history);
  }

  private Desired desired(SupervisionSettings settings, Optional<Demand.Savepoint> savepoint) {
    return new Desired(keeping.job(), settings, keeping.clusters(), desk.start().get(), savepoint);
  }

  /** What a person wants to start from, else what an upgrade goes on from, or back to. */
  private Optional<Demand.Start> sought(JobHistory history) {
    return desk.start()
        .get()
        .or(
            () ->
                history
                    .orders()
                    .upgrade()
                    .flatMap(u -> u.savepoint(history))
                    .map(s -> new Demand.Start(new Demand.From.Path(s.path()), false)));
  }

  private Optional<Demand.Savepoint> nextInLine(Instant now) {
    return windingDown ? Optional.empty() : desk.line().next(now);
  }

  /** A wait if there is nothing more to do for now, or nothing more that can be done. */
  private Optional<Action.Wait> carryOut(Action action, ClusterName home) throws LedgerLost {
    if (action instanceof Action.Wait wait) {
      return Optional.of(wait);
    } else if (action instanceof Action.LookForRestorePoint) {
      restorePoints.look(sought(journal.history()));
      return Optional.empty();
    }
    restorePoints.forget();
    if (action instanceof Action.RefuseStart refusal) {
      desk.start().answer(refusal.answer());
      return Optional.empty();
    } else if (action instanceof Action.Adopt a) {
      Optional<Action.Wait> pause = runs.adopt(a.run(), home);
      desk.start().takenOver(a.run().id());
      return pause;
    } else if (action instanceof Action.Submit a) {
      RunId id = keeping.ids().newRun();
      Optional<Action.Wait> pause = submissions.submit(id, a.origin(), a.program());
      if (journal.history().run(id).isPresent()) {
        desk.start().submitted(id);
      }
      return pause;
    } else if (action instanceof Action.Resubmit a) {
      watching.sentAgain();
      return submissions.resubmit(a.run());
    } else if (action instanceof Action.ConfirmStart a) {
      return runs.confirmStart(a.run());
    } else if (action instanceof Action.RecordEnd a) {
      return runs.recordEnd(a.run(), a.end());
    } else if (action instanceof Action.Cancel a) {
      return runs.cancel(a.run(), a.reason());
    } else if (action instanceof Action.Hold a) {
      runs.hold(a.reason());
      return Optional.empty();
    } else if (action instanceof Action.Quarantine a) {
      care.quarantine(a.savepoint().id(), a.reason());
      return Optional.empty();
    } else if (action instanceof Action.Stop a) {
      return savepoints.stop(a.run());
    } else if (action instanceof Action.Prove a) {
      return savepoints.prove(a.run());
    } else if (action instanceof Action.GiveUpUpgrade a) {
      upgrades.giveUp(a.attempt(), a.reason());
      return Optional.empty();
    } else if (action instanceof Action.EndUpgrade a) {
      upgrades.end(a.applied(), a.words());
      return Optional.empty();
    } else if (action instanceof Action.TakeSavepoint a) {
      return savepoints.take(a.run(), a.demand());
    } else if (action instanceof Action.Retrigger a) {
      return savepoints.again(a.trigger());
    } else if (action instanceof Action.TakeIn a) {
      pruneDue = true;
      return savepoints.takeIn(a.trigger(), a.path());
    } else if (action instanceof Action.CloseTrigger a) {
      pruneDue = true;
      return savepoints.close(a.trigger(), a.reason());
    }
    throw new IllegalStateException("no hand for " + action);
  }

  private void housekeep() throws LedgerLost {
    if (leftovers.tend() || checkpoints.tend()) {
      pruneDue = true;
    }
    if (pruneDue) {
      pruneDue = false;
      housekeeping.condemn(desk.wanted());
    }
    housekeeping.deleteCondemned(desk.wanted());
  }

  private void publish(Action.Wait wait) {
    Optional<RunId> run = journal.history().openRun().map(Run::id);
    JobStatus last = status;
    boolean same = last.state() == wait.state();
    status =
        new JobStatus(
            keeping.name(),
            wait.state(),
            wait.detail() + differences.footnote() + checkpoints.footnote(),
            run,
            same ? last.since() : keeping.clock().instant());
    if (!same) {
      StatusLog.changed(last, status);
    }
  }
}
