package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.flink.StartFault;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Orders;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether and from what a job without a run is to be started; the second half of {@link Decide}.
 */
final class DecideStart {
  /** A checkpoint, or the directory of a run's. */
  private static final String OF_CHECKPOINTS = ".*/[0-9a-f]{32}(/chk-[0-9]+)?";

  private final Duration watchInterval;

  DecideStart(Duration watchInterval) {
    this.watchInterval = watchInterval;
  }

  Action next(
      Desired desired, Observed observed, ClusterView.Seen seen, JobHistory history, Instant now) {
    List<RunSeen> named = seen.aliveOf(desired.job().runName(), history);
    Optional<Action> occupied = DecideMove.occupied(named, history);
    if (occupied.isPresent()) {
      return occupied.get();
    }
    if (named.size() > 1) {
      return held(
          desired,
          named.size()
              + " runs of the job or named '"
              + desired.job().runName()
              + "' are on the cluster: cancel all but one, and that one is taken over",
          now);
    }
    boolean stopped = history.orders().stopWanted().isPresent();
    if (named.size() == 1 && !(stopped && history.run(named.get(0).id()).isEmpty())) {
      return new Action.Adopt(named.get(0));
    }
    if (desired.start().isPresent()) {
      return demanded(desired, desired.start().get(), observed, history, now);
    }
    Optional<Action> upgrade =
        history
            .orders()
            .upgrade()
            .flatMap(u -> new DecideUpgrade(u, desired, observed, history, now).down());
    if (upgrade.isPresent()) {
      return upgrade.get();
    }
    Optional<Action> notNow =
        orders(desired, named, history, now).or(() -> policy(desired.settings(), history, now));
    return notNow.isPresent() ? notNow.get() : byItself(desired, observed, history, now);
  }

  /** What a person has laid down, and the hold on a job that only ever dies. */
  private Optional<Action> orders(
      Desired desired, List<RunSeen> named, JobHistory history, Instant now) {
    if (history.orders().stopWanted().isPresent()) {
      String detail =
          named.isEmpty()
              ? "stopped by command"
              : "stopped by command; run " + named.get(0).id() + " of its name is somebody else's";
      return Optional.of(
          new Action.Wait(
              State.STOPPED,
              detail + "; `savepointd start " + desired.job().name() + "` starts it",
              now.plus(watchInterval)));
    }
    Optional<Orders.Hold> hold = history.orders().hold();
    if (hold.isPresent()) {
      return Optional.of(
          new Action.Wait(
              State.HELD,
              hold.get().reason()
                  + "; `savepointd release "
                  + desired.job().name()
                  + "` lets it be started again",
              now.plus(watchInterval)));
    }
    return Deaths.holdReason(history, desired.settings().crashLoop(), now).map(Action.Hold::new);
  }

  /** Why the job is not to be started by itself at this moment; empty if it is. */
  private Optional<Action> policy(SupervisionSettings settings, JobHistory history, Instant now) {
    boolean begun = history.orders().upgrade().isPresent(); // what it has stopped, it brings back
    boolean over =
        !begun
            && switch (settings.restart()) {
              case ALWAYS -> false;
              case ON_FAILURE -> finished(history);
              case NEVER -> !history.runs().isEmpty() || !history.savepoints().isEmpty();
            };
    if (over) {
      String policy = settings.restart().name().toLowerCase(Locale.ROOT).replace('_', '-');
      return Optional.of(
          new Action.Wait(
              State.ENDED,
              "down (" + lastReason(history) + ") and restart = " + policy,
              now.plus(watchInterval)));
    }
    Instant nextStart = RestartBackoff.nextStart(history, settings.backoff(), now);
    return now.isBefore(nextStart)
        ? Optional.of(
            new Action.Wait(
                State.BACKOFF, whyBackoff(history) + "); next start at " + nextStart, nextStart))
        : Optional.empty();
  }

  private Action byItself(Desired desired, Observed observed, JobHistory history, Instant now) {
    RestorePoint point = observed.restorePoint();
    if (point instanceof RestorePoint.Good good) {
      return new Action.Submit(
          new Origin.Restored(good.path()), DecideProgram.of(desired, history));
    }
    if (point instanceof RestorePoint.Damaged damaged) {
      return new Action.Quarantine(damaged.savepoint(), damaged.reason());
    }
    if (point instanceof RestorePoint.Bad bad) {
      return held(
          desired,
          (bad.path().matches(OF_CHECKPOINTS) ? "checkpoint " : "savepoint ")
              + bad.path()
              + " can't be restored from: "
              + bad.reason()
              + "; `savepointd restore-latest "
              + desired.job().name()
              + " --from ID` restores from an older one",
          now);
    }
    if (point instanceof RestorePoint.None none) {
      return withoutState(desired, none, history, now);
    }
    return unknown(point, now);
  }

  /** Rule 4: never start empty where state may exist. */
  private Action withoutState(
      Desired desired, RestorePoint.None none, JobHistory history, Instant now) {
    String remedy =
        "; `savepointd start " + desired.job().name() + " --empty` starts it without state";
    if (history.mayHaveState()) {
      return held(desired, "it has run before and no savepoint of it is retained" + remedy, now);
    }
    if (none.anythingOnStorage()) {
      return held(
          desired,
          "its directory under the storage root isn't empty, but the ledger knows nothing of it"
              + remedy,
          now);
    }
    if (desired.settings().emptyStart() == SupervisionSettings.EmptyStart.NEVER) {
      return held(desired, "nothing to restore from, and empty-start = never" + remedy, now);
    }
    return new Action.Submit(new Origin.Empty(), DecideProgram.of(desired, history));
  }

  /** What a person's demand calls for where no run is in its way. */
  Action demanded(
      Desired desired, Demand.Start start, Observed observed, JobHistory history, Instant now) {
    if (start.from() instanceof Demand.From.Usual) {
      return byItself(desired, observed, history, now);
    }
    if (start.from() instanceof Demand.From.Nothing) {
      return new Action.Submit(new Origin.Empty(), DecideProgram.of(desired, history));
    }
    Optional<Action> own = OwnCheckpoint.of(start, history).flatMap(c -> c.beforeItsEnd(now));
    if (own.isPresent()) {
      return own.get();
    }
    RestorePoint point = observed.restorePoint();
    if (point instanceof RestorePoint.Good good) {
      return new Action.Submit(
          new Origin.Restored(good.path()), DecideProgram.of(desired, history));
    }
    if (point instanceof RestorePoint.Damaged damaged) {
      return new Action.Quarantine(damaged.savepoint(), damaged.reason());
    }
    if (point instanceof RestorePoint.Bad bad) {
      Optional<Action> lost = OwnCheckpoint.of(start, history).flatMap(c -> c.lost(bad.reason()));
      if (lost.isPresent()) {
        return lost.get();
      }
      return new Action.RefuseStart(
          new Answer.Failed(bad.path() + " can't be restored from: " + bad.reason()));
    }
    if (point instanceof RestorePoint.None) {
      return new Action.RefuseStart(
          new Answer.Refused(
              "no savepoint is retained; --from PATH names one, `start --empty` goes without"));
    }
    return unknown(point, now);
  }

  private Action unknown(RestorePoint point, Instant now) {
    return point instanceof RestorePoint.Unknown u
        ? new Action.Wait(State.UNREACHABLE, u.reason(), now.plus(watchInterval))
        : new Action.LookForRestorePoint();
  }

  private Action held(Desired desired, String why, Instant now) {
    return desired.start().isPresent()
        ? new Action.RefuseStart(new Answer.Refused(why))
        : new Action.Wait(State.HELD, why, now.plus(watchInterval));
  }

  private static boolean finished(JobHistory history) {
    return Deaths.lastOver(history)
        .map(Run::phase)
        .filter(p -> p instanceof Run.Phase.Ended ended && ended.end() == RunEnd.FINISHED)
        .isPresent();
  }

  private static String whyBackoff(JobHistory history) {
    String reason = lastReason(history);
    StartFault fault = StartFault.of(reason);
    if (fault instanceof StartFault.NoSlots) {
      return "the cluster has too few free slots (" + reason;
    }
    if (fault instanceof StartFault.NotLaunched) {
      return "nothing was sent (" + reason;
    }
    return fault instanceof StartFault.StorageUnreachable
        ? "Flink can't reach the storage (" + reason
        : "keeps dying (" + reason;
  }

  private static String lastReason(JobHistory history) {
    return Deaths.lastOver(history).map(Deaths::reasonOf).orElse("never started");
  }
}
