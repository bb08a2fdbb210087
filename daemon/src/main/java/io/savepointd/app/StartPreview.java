package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.Origin;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Action;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.Foresight;
import io.savepointd.supervise.RestorePoint;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a start would do, said and not done. */
final class StartPreview {
  private final Connections connections;
  private final Clock clock;

  StartPreview(Connections connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
  }

  Answer of(JobSettings job, Demand.Start start, JobHistory history) {
    ClusterView view =
        connections.look(connections.home(job, Optional.of(start), history), clock.instant());
    if (view instanceof ClusterView.Unavailable down) {
      return new Answer.Unreachable(down.reason());
    }
    ClusterView.Seen seen = (ClusterView.Seen) view;
    Alive alive = Alive.of(job, history, seen);
    if (alive.tooMany().isPresent()) {
      return new Answer.Refused(alive.tooMany().get());
    }
    if (alive.run().isPresent()
        && history.openRun().isEmpty()
        && start.from() instanceof Demand.From.Usual
        && !start.replace()) {
      return new Answer.Done(
          "would " + lifted(history) + "take over run " + alive.run().get().id());
    }
    if (alive.run().isPresent() && !start.replace()) {
      return new Answer.Refused(
          "run "
              + alive.run().get().id()
              + " is alive; `restore-latest --replace` would cancel it first");
    }
    Foresight.Foreseen foreseen =
        new Foresight(
                job.job(),
                job.supervision(),
                connections.settings().clusters().keySet(),
                connections.store(),
                clock)
            .of(start, history, seen);
    String first =
        lifted(history)
            + passedOver(foreseen.damaged())
            + alive.run().map(r -> "cancel run " + r.id() + " and then ").orElse("");
    return said("would " + first, foreseen.action(), history);
  }

  private static String lifted(JobHistory history) {
    boolean stopped = history.orders().stopWanted().isPresent();
    return history.orders().hold().isPresent()
        ? (stopped ? "lift the stop and the hold, " : "lift the hold, ")
        : stopped ? "lift the stop, " : "";
  }

  private static String passedOver(List<RestorePoint.Damaged> damaged) {
    StringBuilder words = new StringBuilder();
    for (RestorePoint.Damaged bad : damaged) {
      words
          .append("quarantine savepoint ")
          .append(bad.savepoint().path())
          .append(" (")
          .append(bad.reason())
          .append("), ");
    }
    return words.toString();
  }

  private Answer said(String would, Action action, JobHistory history) {
    if (action instanceof Action.Submit submit) {
      return submit.origin() instanceof Origin.Restored from
          ? restore(would, from.path(), history)
          : new Answer.Done(would + "start a run without state");
    }
    if (action instanceof Action.RefuseStart refusal) {
      return refusal.answer();
    }
    if (action instanceof Action.Wait wait) {
      return new Answer.Unreachable(wait.detail());
    }
    throw new IllegalStateException("no start comes to " + action);
  }

  private Answer restore(String would, String path, JobHistory history) {
    SavepointStore store = connections.store();
    try {
      if (!(store.verify(path) instanceof Verification.Good good)) {
        return new Answer.Failed(path + " has changed while it was looked at; say it again");
      }
      String taken =
          history.savepoints().stream()
              .filter(s -> s.path().equals(path))
              .findFirst()
              .map(s -> " taken at " + s.takenAt() + s.run().map(r -> " from run " + r).orElse(""))
              .or(() -> CheckpointPath.of(path).map(c -> " of run " + c.run()))
              .orElse(", which isn't on this ledger,");
      return new Answer.Done(
          would
              + "restore from "
              + CheckpointPath.word(path)
              + " "
              + path
              + taken
              + " (verified: "
              + good.files()
              + " files, "
              + good.bytes()
              + " bytes)");
    } catch (StorageUnavailable e) {
      return new Answer.Unreachable(e.getMessage());
    }
  }
}
