package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunState;
import io.savepointd.model.Trigger;
import io.savepointd.model.Words;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The heart: from what is wanted, what was seen and what the ledger says, the one next thing to do.
 * Pure; each call decides anew, so that nothing depends on what was decided before.
 */
public final class Decide {
  /** While something is under way, the cluster is looked at this often. */
  static final Duration SOON = Duration.ofMillis(100);

  /** A submission or cancel request without effect is sent again after this. */
  static final Duration RESEND = Duration.ofSeconds(5);

  /** A dead run's open trigger holds its restart up no longer than this. */
  static final Duration START_ANYWAY = Duration.ofMinutes(1);

  /** Looks that must agree before an absent run counts as gone (FLINK-FACTS: failover). */
  static final int LOOKS_UNTIL_GONE = 2;

  private final Duration watchInterval;

  /** Looks again every {@code watchInterval} while nothing happens. */
  public Decide(Duration watchInterval) {
    this.watchInterval = watchInterval;
  }

  /** The next thing to do. */
  public Action next(Desired desired, Observed observed, JobHistory history, Instant now) {
    Optional<Run> open = history.openRun();
    if (open.isPresent() && !desired.clusters().contains(open.get().cluster())) {
      return outOfReach(open.get(), desired, now);
    }
    if (observed.cluster() instanceof ClusterView.Unavailable down) {
      return observed
          .trigger()
          .flatMap(t -> DecideTrigger.unreachable(t, now))
          .or(() -> DecideMove.unreachable(down.reason(), desired, history, now))
          .orElseGet(
              () -> new Action.Wait(State.UNREACHABLE, down.reason(), now.plus(watchInterval)));
    }
    ClusterView.Seen seen = (ClusterView.Seen) observed.cluster();
    Optional<RunSeen> openSeen = open.flatMap(r -> seen.run(r.id()));
    Optional<Action> settling =
        observed.trigger().flatMap(t -> DecideTrigger.next(t, seen, history, now));
    if (settling.isPresent()) {
      return settling.get();
    }
    if (open.isEmpty() && mayBeNewest(observed, history, now)) {
      return new Action.Wait(
          State.UNREACHABLE,
          "what became of the last savepoint asked for can't be told yet; a start waits for it",
          now.plus(watchInterval));
    }
    if (open.isEmpty()) {
      return new DecideStart(watchInterval).next(desired, observed, seen, history, now);
    }
    Run run = open.get();
    if (openSeen.isEmpty()) {
      return absent(run, desired, observed, seen, now);
    }
    return present(run, openSeen.get(), desired, observed, history, now);
  }

  /**
   * The run may be alive on a cluster that the configuration names no longer: nobody can tell, and
   * another would be its twin (rule 3).
   */
  private Action outOfReach(Run run, Desired desired, Instant now) {
    String why =
        "run "
            + run.id()
            + " was started on cluster "
            + run.cluster()
            + ", which isn't in the configuration any more: put that cluster back, or make sure that"
            + " the run is over there and say `restore-latest --replace`";
    if (desired.start().isEmpty()) {
      return new Action.Wait(State.HELD, why, now.plus(watchInterval));
    }
    return desired.start().get().replace()
        ? new Action.RecordEnd(run, RunEnd.GONE)
        : new Action.RefuseStart(new Answer.Refused(why));
  }

  /** A start waits a while for an open trigger: it may give the newest savepoint. */
  private static boolean mayBeNewest(Observed observed, JobHistory history, Instant now) {
    return observed
        .trigger()
        .flatMap(t -> history.run(t.trigger().run()))
        .filter(run -> now.isBefore(RestartBackoff.endOf(run).plus(START_ANYWAY)))
        .isPresent();
  }

  /** The open run is not in the overview. */
  private Action absent(
      Run run, Desired desired, Observed observed, ClusterView.Seen seen, Instant now) {
    boolean looked = observed.looksMissing() >= LOOKS_UNTIL_GONE;
    Duration failover = desired.settings().failover().orElse(Duration.ZERO);
    Instant givenUpAt = later(observed.missingSince(), failover);
    boolean gone = looked && !now.isBefore(givenUpAt);
    if (!(run.phase() instanceof Run.Phase.Intended)) {
      return gone
          ? new Action.RecordEnd(run, RunEnd.GONE)
          : new Action.Wait(
              State.UNREACHABLE,
              "run not in the overview" + hope(failover, givenUpAt),
              now.plus(SOON.multipliedBy(5)));
    }
    Optional<Observed.Submitted> sent = observed.submitted().filter(s -> s.run().equals(run.id()));
    if (looked && sent.filter(s -> s.outcome() instanceof SubmitOutcome.Duplicate).isPresent()) {
      return gone
          ? new Action.RecordEnd(run, RunEnd.GONE)
          : new Action.Wait(
              State.STARTING,
              "known to the cluster, not in the overview" + hope(failover, givenUpAt),
              now.plus(SOON));
    }
    Instant resendAt = sent.map(Observed.Submitted::at).orElse(run.intendedAt()).plus(RESEND);
    if (!looked || now.isBefore(resendAt)) {
      return new Action.Wait(
          State.STARTING, "submitted, not in the overview yet" + doubt(sent), now.plus(SOON));
    }
    // Somebody has started the job meanwhile: that run is to be adopted, not to get a twin.
    return seen.aliveNamed(desired.job().runName()).isEmpty()
        ? new Action.Resubmit(run)
        : new Action.RecordEnd(run, RunEnd.GONE);
  }

  private static String doubt(Optional<Observed.Submitted> sent) {
    return sent.map(Observed.Submitted::outcome)
        .filter(SubmitOutcome.Unknown.class::isInstance)
        .map(o -> "; its answer was lost: " + ((SubmitOutcome.Unknown) o).reason())
        .orElse("");
  }

  /** What has been missing for ever is given up at once. */
  private static Instant later(Instant since, Duration failover) {
    return since.equals(Instant.MIN) ? since : since.plus(failover);
  }

  private static String hope(Duration failover, Instant givenUpAt) {
    return failover.isZero()
        ? ""
        : "; Flink may bring it back by itself, and is given until "
            + givenUpAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The cluster shows the open run. */
  private Action present(
      Run run, RunSeen seen, Desired desired, Observed observed, JobHistory history, Instant now) {
    if (seen.state().globallyTerminal()) {
      return new Action.RecordEnd(run, endOf(seen.state()));
    }
    if (run.phase() instanceof Run.Phase.Cancelling cancelling) {
      return now.isBefore(cancelling.at().plus(RESEND))
          ? new Action.Wait(State.CANCELLING, cancelling.reason(), now.plus(SOON))
          : new Action.Cancel(run, cancelling.reason());
    }
    if (run.phase() instanceof Run.Phase.Intended && seen.allTasksRunning()) {
      return new Action.ConfirmStart(run);
    }
    Optional<Action> upgrade =
        history
            .orders()
            .upgrade()
            .flatMap(u -> new DecideUpgrade(u, desired, observed, history, now).up(run, seen));
    if (upgrade.isPresent()) {
      return upgrade.get();
    }
    if (desired.start().isPresent() && stopUnderWay(observed)) {
      return new Action.Wait(
          State.STOPPING,
          "its stop is under way; the start comes after it",
          now.plus(pollOf(observed.trigger().orElseThrow().trigger(), now)));
    }
    if (desired.start().isPresent()) {
      return besides(run, seen, desired, observed, history, now);
    }
    if (history.orders().stopWanted().isPresent()) {
      return DecideStop.next(run, seen, observed, history, now);
    }
    if (!seen.allTasksRunning()) {
      return starting(run, seen, desired, observed, now);
    }
    if (desired.savepoint().isPresent() && observed.trigger().isEmpty()) {
      return new Action.TakeSavepoint(run, desired.savepoint().get());
    }
    boolean underWay = observed.trigger().isPresent();
    return new Action.Wait(
        State.RUNNING,
        underWay ? observed.trigger().get().progress(now) : "all tasks running",
        now.plus(underWay ? pollOf(observed.trigger().get().trigger(), now) : watchInterval));
  }

  /** What Flink has been asked to stop can't be told to go on. */
  private static boolean stopUnderWay(Observed observed) {
    return observed
        .trigger()
        .filter(t -> t.trigger().occasion() instanceof Occasion.Stopping)
        .isPresent();
  }

  /** A start is asked for beside a run; nothing is cancelled before there is something to start. */
  private Action besides(
      Run run, RunSeen seen, Desired desired, Observed observed, JobHistory history, Instant now) {
    Demand.Start start = desired.start().orElseThrow();
    if (!start.replace()) {
      return new Action.RefuseStart(
          new Answer.Refused(
              "run "
                  + run.id()
                  + " is "
                  + seen.state()
                  + "; `restore-latest --replace` cancels it first and then restores"));
    }
    Action next = new DecideStart(watchInterval).demanded(desired, start, observed, history, now);
    return next instanceof Action.Submit
        ? new Action.Cancel(run, "to be replaced by command")
        : next;
  }

  private Action starting(Run run, RunSeen seen, Desired desired, Observed observed, Instant now) {
    Instant slowFrom = run.intendedAt().plus(desired.settings().startTimeout());
    boolean slow = run.phase() instanceof Run.Phase.Intended && now.isAfter(slowFrom);
    String detail =
        seen.state()
            + ", "
            + seen.tasksRunning()
            + " of "
            + seen.tasks()
            + " tasks running"
            + slots(observed)
            + (slow ? ", longer than " + Words.of(desired.settings().startTimeout()) : "");
    boolean fresh = now.isBefore(run.intendedAt().plus(RESEND));
    return new Action.Wait(State.STARTING, detail, now.plus(fresh ? SOON : watchInterval));
  }

  private static String slots(Observed observed) {
    return observed.freeSlots().isPresent()
        ? "; free slots of the cluster: " + observed.freeSlots().getAsInt()
        : "";
  }

  /** Often at first, when most savepoints end, then every second. */
  static Duration pollOf(Trigger trigger, Instant now) {
    return now.isBefore(trigger.intendedAt().plus(RESEND)) ? SOON : Duration.ofSeconds(1);
  }

  private static RunEnd endOf(RunState state) {
    return switch (state) {
      case FINISHED -> RunEnd.FINISHED;
      case CANCELED -> RunEnd.CANCELED;
      default -> RunEnd.FAILED;
    };
  }
}
