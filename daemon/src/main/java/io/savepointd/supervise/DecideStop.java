package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.model.Leftover;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a run that is alive is brought to its stop; the part of {@link Decide} about stopping. */
final class DecideStop {
  /** After a good savepoint Flink ends the run at once; one that hasn't by then is cancelled. */
  static final Duration END_AFTER_SAVEPOINT = Duration.ofMinutes(1);

  /** A stop that failed since the tasks weren't ready is tried again after this. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private DecideStop() {}

  static Action next(Run run, RunSeen seen, Observed observed, JobHistory history, Instant now) {
    Instant wanted = wanted(history).orElseThrow();
    if (observed.trigger().isPresent()) {
      Instant next = now.plus(Decide.pollOf(observed.trigger().get().trigger(), now));
      String detail = "its " + observed.trigger().get().progress(now);
      return new Action.Wait(State.STOPPING, detail, next);
    }
    Optional<Savepoint> taken = takenByStop(run, wanted, history);
    if (taken.isPresent()) {
      return now.isBefore(taken.get().retainedAt().plus(END_AFTER_SAVEPOINT))
          ? waiting("savepoint " + taken.get().id() + " is retained, the run is ending", now)
          : new Action.Cancel(run, "its stop's savepoint is retained, but it didn't end");
    }
    if (!seen.allTasksRunning()) {
      return waiting(
          "to be stopped once all its tasks run: "
              + seen.state()
              + ", "
              + seen.tasksRunning()
              + " of "
              + seen.tasks()
              + "; if they never will, cancel it on the cluster: it stays down",
          now);
    }
    Instant nextTry = lastFailure(history).map(at -> at.plus(AGAIN)).orElse(Instant.MIN);
    return now.isBefore(nextTry)
        ? waiting("its tasks weren't ready, asked again in a moment", now)
        : new Action.Stop(run);
  }

  /** Since when the open run is to be stopped, by a person's word or for an upgrade. */
  static Optional<Instant> wanted(JobHistory history) {
    return history
        .orders()
        .stopWanted()
        .or(
            () ->
                history
                    .openRun()
                    .filter(run -> DecideUpgrade.stops(run, history))
                    .flatMap(run -> history.orders().upgrade())
                    .map(Upgrade::at));
  }

  /** The savepoint that this very stop has left; an earlier, failed stop may have left one too. */
  private static Optional<Savepoint> takenByStop(Run run, Instant wanted, JobHistory history) {
    return history.savepoints().stream()
        .filter(s -> s.state() == Savepoint.State.RETAINED && s.takenFrom(run.id()))
        .filter(s -> s.occasion() instanceof Occasion.Stopping && !s.takenAt().isBefore(wanted))
        .findFirst();
  }

  private static Optional<Instant> lastFailure(JobHistory history) {
    return history.leftovers().stream()
        .filter(l -> l.trigger().occasion() instanceof Occasion.Stopping)
        .map(Leftover::failedAt)
        .max(Instant::compareTo);
  }

  private static Action.Wait waiting(String detail, Instant now) {
    return new Action.Wait(State.STOPPING, detail, now.plus(Decide.SOON));
  }
}
