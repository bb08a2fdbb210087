package io.savepointd.supervise;

import io.savepointd.flink.RunSeen;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Run;
import io.savepointd.model.Trigger;
import io.savepointd.model.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What an open trigger calls for; the part of {@link Decide} about savepoints. */
final class DecideTrigger {
  private DecideTrigger() {}

  /** While its cluster doesn't answer, only its deadline counts. */
  static Optional<Action> unreachable(Observed.TriggerSeen seen, Instant now) {
    return now.isAfter(seen.deadline()) && !now.isBefore(seen.lookAgainFrom())
        ? Optional.of(tooLate(seen))
        : Optional.empty();
  }

  /** What the trigger calls for; empty while its savepoint is being written. */
  static Optional<Action> next(
      Observed.TriggerSeen seen, ClusterView.Seen cluster, JobHistory history, Instant now) {
    if (now.isBefore(seen.lookAgainFrom())) {
      return Optional.empty();
    }
    Trigger trigger = seen.trigger();
    if (seen.outcome() instanceof TriggerOutcome.Completed done) {
      return Optional.of(new Action.TakeIn(trigger, done.path()));
    }
    if (seen.outcome() instanceof TriggerOutcome.Failed failed) {
      return Optional.of(new Action.CloseTrigger(trigger, failed.reason()));
    }
    if (now.isAfter(seen.deadline())) {
      return Optional.of(tooLate(seen));
    }
    return seen.outcome() instanceof TriggerOutcome.Unknown unknown && unknown.notFound()
        ? settleForgotten(seen, cluster, history, now)
        : Optional.empty();
  }

  /** The cluster has forgotten the trigger, or has never had it. */
  private static Optional<Action> settleForgotten(
      Observed.TriggerSeen seen, ClusterView.Seen cluster, JobHistory history, Instant now) {
    Trigger trigger = seen.trigger();
    Optional<RunSeen> run = cluster.run(trigger.run());
    boolean over =
        history.run(trigger.run()).filter(Run::open).isEmpty()
            || run.filter(r -> r.state().globallyTerminal()).isPresent();
    if (over) {
      return Optional.of(
          new Action.CloseTrigger(trigger, "its run is over, and the cluster has forgotten it"));
    }
    // A run that is merely absent may be in a failover: whether it's over is decided first. One
    // that
    // is coming back would only answer that it can't take savepoints yet.
    return run.filter(RunSeen::allTasksRunning).isPresent() && !now.isBefore(seen.askAgainFrom())
        ? Optional.of(new Action.Retrigger(trigger))
        : Optional.empty();
  }

  private static Action tooLate(Observed.TriggerSeen seen) {
    Duration patience = Duration.between(seen.trigger().intendedAt(), seen.deadline());
    return new Action.CloseTrigger(seen.trigger(), "no outcome within " + Words.of(patience));
  }
}
