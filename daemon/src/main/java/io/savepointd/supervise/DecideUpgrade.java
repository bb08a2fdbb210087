package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Leftover;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import io.savepointd.model.Words;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How an upgrade goes on, or back; the part of {@link Decide} about that. Where it stands follows
 * from the ledger alone: the first run, or a try of the new launch, or neither is alive.
 */
final class DecideUpgrade {
  /** A try that has completed no checkpoint for so long is asked for a savepoint instead. */
  static final Duration OWN_CHECKPOINT = Duration.ofSeconds(15);

  /** A proving savepoint that failed is asked for again after this. */
  private static final Duration PROVE_AGAIN = Duration.ofSeconds(10);

  private final Upgrade upgrade;
  private final Desired desired;
  private final Observed observed;
  private final JobHistory history;
  private final Instant now;

  DecideUpgrade(
      Upgrade upgrade, Desired desired, Observed observed, JobHistory history, Instant now) {
    this.upgrade = upgrade;
    this.desired = desired;
    this.observed = observed;
    this.history = history;
    this.now = now;
  }

  /** Whether an upgrade has still to stop the run that it found. */
  static boolean stops(Run run, JobHistory history) {
    return history
        .orders()
        .upgrade()
        .filter(u -> u.givenUp().isEmpty() && u.from().equals(run.id()))
        .isPresent();
  }

  /** While a run is alive; empty if there is nothing about the upgrade to be done at the moment. */
  Optional<Action> up(Run run, RunSeen seen) {
    if (stops(run, history)) {
      return Optional.of(DecideStop.next(run, seen, observed, history, now));
    }
    if (upgrade.attempt(history).filter(a -> a.id().equals(run.id())).isPresent()) {
      return upgrade.givenUp().isPresent()
          ? Optional.of(new Action.Cancel(run, "it was tried and given up"))
          : trying(run, seen);
    }
    if (upgrade.givenUp().isEmpty()) {
      return Optional.of(unchanged("run " + run.id() + " was found in place of " + upgrade.from()));
    }
    return run.phase() instanceof Run.Phase.Started
        ? Optional.of(new Action.EndUpgrade(false, undone(run)))
        : Optional.empty();
  }

  private Optional<Action> trying(Run run, RunSeen seen) {
    if (proved(upgrade, run, history)) {
      return Optional.of(applied(run));
    }
    Duration patience = desired.settings().upgradeTimeout();
    if (!now.isBefore(run.intendedAt().plus(patience))) {
      String how =
          run.phase() instanceof Run.Phase.Started && seen.allTasksRunning()
              ? (upgrade.dropState() ? "has left no savepoint" : "has completed no checkpoint")
              : "isn't running ("
                  + seen.state()
                  + ", "
                  + seen.tasksRunning()
                  + " of "
                  + seen.tasks()
                  + " tasks)";
      return Optional.of(
          new Action.GiveUpUpgrade(
              Optional.of(run), "run " + run.id() + " " + how + " after " + Words.of(patience)));
    }
    return run.phase() instanceof Run.Phase.Started started
            && seen.allTasksRunning()
            && observed.trigger().isEmpty()
            && !now.isBefore(proveFrom(started.at()))
        ? Optional.of(new Action.Prove(run))
        : Optional.empty();
  }

  private Instant proveFrom(Instant startedAt) {
    Instant first = upgrade.dropState() ? startedAt : startedAt.plus(OWN_CHECKPOINT);
    return history.leftovers().stream()
        .map(Leftover::failedAt)
        .map(failed -> failed.plus(PROVE_AGAIN))
        .filter(first::isBefore)
        .max(Instant::compareTo)
        .orElse(first);
  }

  /** A try that is over, and was good as long as it lasted. */
  static boolean good(Upgrade upgrade, Run attempt, JobHistory history) {
    return proved(upgrade, attempt, history) || finished(attempt);
  }

  /**
   * A savepoint of its own proves as much as a checkpoint, once it is known what the run started
   * from. Where state was dropped only that will do: the next start isn't allowed to drop any, and
   * couldn't be made from the savepoint before.
   */
  private static boolean proved(Upgrade upgrade, Run run, JobHistory history) {
    return run.startedAt().isPresent()
        && ((run.checkpointed() && !upgrade.dropState())
            || history.savepoints().stream()
                .anyMatch(s -> s.takenFrom(run.id()) && s.state() != Savepoint.State.QUARANTINED));
  }

  /** While no run is alive; empty where the job is to be started as usual. */
  Optional<Action> down() {
    if (upgrade.givenUp().isPresent() || history.orders().hold().isPresent()) {
      return Optional.empty();
    }
    Optional<Run> attempt = upgrade.attempt(history);
    if (attempt.isPresent()) {
      return Optional.of(
          good(upgrade, attempt.get(), history)
              ? applied(attempt.get())
              : new Action.GiveUpUpgrade(
                  attempt,
                  "run "
                      + attempt.get().id()
                      + (attempt.get().phase() instanceof Run.Phase.NotStarted
                          ? " was not started: "
                          : " ended before it had completed a checkpoint: ")
                      + Deaths.reasonOf(attempt.get())));
    }
    if (upgrade.savepoint(history).isPresent()) {
      return Optional.of(start());
    }
    return Optional.of(
        stopIsOpen()
            ? new Action.Wait(
                State.UNREACHABLE,
                "whether the savepoint of its stop is good can't be told yet",
                now.plusSeconds(1))
            : unchanged("run " + upgrade.from() + " ended without a good savepoint of its stop"));
  }

  private boolean stopIsOpen() {
    return history.openTriggers().stream()
        .anyMatch(t -> t.occasion() instanceof Occasion.Stopping && t.run().equals(upgrade.from()));
  }

  private Action start() {
    RestorePoint point = observed.restorePoint();
    if (point instanceof RestorePoint.Good good) {
      return new Action.Submit(
          new Origin.Restored(good.path()), new Program.Kept(upgrade.to(), upgrade.dropState()));
    } else if (point instanceof RestorePoint.Damaged damaged) {
      return new Action.Quarantine(damaged.savepoint(), damaged.reason());
    } else if (point instanceof RestorePoint.Bad bad) {
      return unchanged(bad.path() + " can't be restored from: " + bad.reason());
    }
    return point instanceof RestorePoint.Unknown unknown
        ? new Action.Wait(State.UNREACHABLE, unknown.reason(), now.plusSeconds(1))
        : new Action.LookForRestorePoint();
  }

  private static boolean finished(Run run) {
    return run.phase() instanceof Run.Phase.Ended ended && ended.end() == RunEnd.FINISHED;
  }

  private Action applied(Run run) {
    Optional<ClusterName> movedTo = upgrade.movesTo(history);
    if (movedTo.isPresent()) {
      boolean configured = desired.job().cluster().equals(movedTo.get());
      return new Action.EndUpgrade(
          true,
          "run "
              + run.id()
              + " goes on"
              + origin(run)
              + " on cluster "
              + movedTo.get()
              + (configured ? "" : "; " + ConfiguredElsewhere.toConfigure(movedTo.get())));
    }
    List<String> changes =
        upgrade.old(history).map(old -> old.changesTo(upgrade.to())).orElse(List.of());
    return new Action.EndUpgrade(
        true, "run " + run.id() + " goes on" + origin(run) + " with " + String.join(", ", changes));
  }

  private Action unchanged(String why) {
    return new Action.EndUpgrade(false, "nothing has changed: " + why);
  }

  private String undone(Run run) {
    return upgrade.givenUp().map(Upgrade.GivenUp::reason).orElse("")
        + "; undone: run "
        + run.id()
        + " goes on"
        + origin(run)
        + upgrade
            .movesTo(history)
            .map(to -> " on cluster " + run.cluster() + ", where it was before")
            .orElse(" with what was running before");
  }

  private static String origin(Run run) {
    return run.origin() instanceof Origin.Restored from ? " from savepoint " + from.path() : "";
  }
}
