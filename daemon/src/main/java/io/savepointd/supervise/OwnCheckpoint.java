package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A person wants to start from a checkpoint of the very run that has to go for it. Flink may delete
 * it with the run, or meanwhile for newer ones: nobody is to find out about that after the cancel.
 */
final class OwnCheckpoint {
  private static final Duration ASK = Duration.ofMillis(500);

  private final boolean replaces;
  private final String path;
  private final Run run;
  private final JobHistory history;

  private OwnCheckpoint(boolean replaces, String path, Run run, JobHistory history) {
    this.replaces = replaces;
    this.path = path;
    this.run = run;
    this.history = history;
  }

  /** Empty if the start is from anything else. */
  static Optional<OwnCheckpoint> of(Demand.Start start, JobHistory history) {
    return start.from() instanceof Demand.From.Path named
        ? CheckpointPath.of(named.path())
            .flatMap(parts -> history.run(parts.run()))
            .map(run -> new OwnCheckpoint(start.replace(), named.path(), run, history))
        : Optional.empty();
  }

  /** Why the run may not be cancelled for it; empty if it may, or is over. */
  Optional<Action> beforeItsEnd(Instant now) {
    if (!run.open()) {
      return Optional.empty();
    }
    Optional<CheckpointRetention> kept = run.checkpoints().map(CheckpointHome::retention);
    if (kept.isEmpty()) {
      return Optional.of(
          new Action.Wait(
              JobStatus.State.RUNNING,
              "whether Flink keeps the checkpoints of run "
                  + run.id()
                  + " when it is cancelled isn't known yet",
              now.plus(ASK)));
    }
    return kept.filter(retention -> retention != CheckpointRetention.ALWAYS)
        .map(
            retention ->
                new Action.RefuseStart(
                    new Answer.Refused(
                        path
                            + " is of run "
                            + run.id()
                            + ", and Flink deletes it once that is cancelled ("
                            + CheckpointRetention.SETTING
                            + " would keep it): `savepointd savepoint "
                            + run.job()
                            + "` takes a savepoint instead")));
  }

  /**
   * It went while its run was cancelled for it, as the oldest does once there is a newer one: the
   * job is held, since whatever it would be started from by itself is not what was asked for.
   */
  Optional<Action> lost(String reason) {
    boolean cancelledForIt =
        replaces
            && run.phase() instanceof Run.Phase.Ended ended
            && ended.end() == RunEnd.CANCELED
            && history.runs().get(history.runs().size() - 1).equals(run);
    return cancelledForIt && history.orders().hold().isEmpty()
        ? Optional.of(
            new Action.Hold(
                "run "
                    + run.id()
                    + " was cancelled for a start from its "
                    + path
                    + ", which isn't good any more: "
                    + reason))
        : Optional.empty();
  }
}
