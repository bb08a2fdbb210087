package io.savepointd.supervise;

import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Trigger;
import java.time.Instant;
import java.util.Optional;

/** A job's looks at the world, and what has to be remembered from one to the next. */
final class Watching {
  private final Keeping keeping;
  private final Submissions submissions;
  private final RunEffects runs;
  private final SavepointEffects savepoints;
  private Instant freshFrom = Instant.MIN;
  private final Absence absence = new Absence();
  private final SavepointProgress progress;

  Watching(Keeping keeping, Submissions submissions, RunEffects runs, SavepointEffects savepoints) {
    this.keeping = keeping;
    this.submissions = submissions;
    this.runs = runs;
    this.savepoints = savepoints;
    this.progress = new SavepointProgress(keeping);
  }

  /** Something was done: a look from before tells nothing any more. */
  void acted() {
    freshFrom = keeping.clock().instant();
  }

  /** The open run was submitted once more: its absence is counted anew. */
  void sentAgain() {
    absence.beginAnew();
  }

  /** What was seen, or not seen, under the old address says nothing about the new one. */
  void elsewhere() {
    acted();
    absence.forget();
  }

  /** A look at the cluster that counts, and at the oldest open trigger wherever that is. */
  Observed look(ClusterName home, JobHistory history, RestorePoint restorePoint) {
    Instant now = keeping.clock().instant();
    Instant recent = now.minus(Decide.SOON.dividedBy(2));
    ClusterView view =
        keeping.access(home).watch().look(recent.isAfter(freshFrom) ? recent : freshFrom);
    absence.note(view, history);
    Optional<Observed.TriggerSeen> trigger =
        history.openTriggers().stream().findFirst().map(t -> seen(home, view, t));
    return new Observed(
        view,
        absence.looks(),
        absence.since(now),
        submissions.submitted(),
        trigger,
        restorePoint,
        runs.freeSlots(view));
  }

  private Observed.TriggerSeen seen(ClusterName home, ClusterView view, Trigger trigger) {
    TriggerOutcome outcome = outcome(home, view, trigger);
    return new Observed.TriggerSeen(
        trigger,
        outcome,
        savepoints.askAgainFrom(trigger.id()),
        savepoints.lookAgainFrom(trigger.id()),
        savepoints.deadline(trigger),
        progress.of(trigger, outcome));
  }

  /** It isn't asked again about what it has just not answered. */
  private TriggerOutcome outcome(ClusterName home, ClusterView view, Trigger trigger) {
    FlinkCluster cluster = keeping.clusterOf(trigger.run());
    return view instanceof ClusterView.Unavailable down && cluster.name().equals(home)
        ? new TriggerOutcome.Unknown(down.reason(), false)
        : cluster.outcome(trigger.run(), trigger.id());
  }
}
