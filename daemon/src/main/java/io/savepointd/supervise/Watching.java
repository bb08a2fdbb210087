package io.savepointd.supervise;

import io.savepointd.flink.TriggerOutcome;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
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
  private Instant lastLook = Instant.MIN;
  private int looksMissing;
  private Optional<RunId> lookedFor = Optional.empty();

  Watching(Keeping keeping, Submissions submissions, RunEffects runs, SavepointEffects savepoints) {
    this.keeping = keeping;
    this.submissions = submissions;
    this.runs = runs;
    this.savepoints = savepoints;
  }

  /** Something was done: a look from before tells nothing any more. */
  void acted() {
    freshFrom = keeping.clock().instant();
  }

  /** The open run was submitted once more: its absence is counted anew. */
  void sentAgain() {
    looksMissing = 0;
  }

  /** What was seen, or not seen, under the old address says nothing about the new one. */
  void elsewhere() {
    acted();
    lastLook = Instant.MIN;
    looksMissing = 0;
  }

  Observed look(JobHistory history, RestorePoint restorePoint) {
    Instant now = keeping.clock().instant();
    Instant recent = now.minus(Decide.SOON.dividedBy(2));
    ClusterView view = keeping.watch().look(recent.isAfter(freshFrom) ? recent : freshFrom);
    Optional<RunId> open = history.openRun().map(Run::id);
    if (!open.equals(lookedFor)) {
      lookedFor = open;
      looksMissing = 0;
    }
    if (view instanceof ClusterView.Seen seen && !seen.at().equals(lastLook)) {
      lastLook = seen.at();
      boolean missing = history.openRun().filter(r -> seen.run(r.id()).isEmpty()).isPresent();
      looksMissing = missing ? looksMissing + 1 : 0;
    }
    Optional<Observed.TriggerSeen> trigger =
        history.openTriggers().stream().findFirst().map(t -> seen(view, t));
    return new Observed(
        view, looksMissing, submissions.submitted(), trigger, restorePoint, runs.freeSlots(view));
  }

  private Observed.TriggerSeen seen(ClusterView view, Trigger trigger) {
    return new Observed.TriggerSeen(
        trigger,
        outcome(view, trigger),
        savepoints.askAgainFrom(trigger.id()),
        savepoints.lookAgainFrom(trigger.id()),
        savepoints.deadline(trigger));
  }

  private TriggerOutcome outcome(ClusterView view, Trigger trigger) {
    return view instanceof ClusterView.Unavailable down
        ? new TriggerOutcome.Unknown(down.reason(), false)
        : keeping.cluster().outcome(trigger.run(), trigger.id());
  }
}
