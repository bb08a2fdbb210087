package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.Demand;
import java.time.Instant;
import java.util.Optional;

/** What a start would do, said and not done. */
final class StartPreview {
  private final Connections connections;

  StartPreview(Connections connections) {
    this.connections = connections;
  }

  Answer of(JobSettings job, Demand.Start start, JobHistory history, Instant now) {
    ClusterView view = connections.watch(job.job().cluster()).look(now);
    if (view instanceof ClusterView.Unavailable down) {
      return new Answer.Unreachable(down.reason());
    }
    Optional<RunId> alive = alive((ClusterView.Seen) view, job, history);
    if (alive.isPresent() && !start.replace()) {
      return new Answer.Refused(
          "run " + alive.get() + " is alive; `restore-latest --replace` would cancel it first");
    }
    String cancel = alive.map(r -> "would cancel run " + r + " and then ").orElse("would ");
    return from(start, history)
        .map(path -> restore(cancel, path, history))
        .orElseGet(
            () ->
                start.from() instanceof Demand.From.Nothing
                    ? new Answer.Done(cancel + "start a run without state")
                    : new Answer.Refused("no savepoint of " + job.job().name() + " is retained"));
  }

  private static Optional<RunId> alive(ClusterView.Seen seen, JobSettings job, JobHistory history) {
    Optional<RunId> ours =
        history
            .openRun()
            .flatMap(r -> seen.run(r.id()))
            .filter(r -> !r.state().globallyTerminal())
            .map(r -> r.id());
    return ours.or(
        () -> seen.aliveNamed(job.job().runName()).stream().findFirst().map(r -> r.id()));
  }

  private static Optional<String> from(Demand.Start start, JobHistory history) {
    if (start.from() instanceof Demand.From.Path named) {
      return Optional.of(named.path());
    }
    return start.from() instanceof Demand.From.Nothing
        ? Optional.empty()
        : history.retained().stream().findFirst().map(Savepoint::path);
  }

  private Answer restore(String cancel, String path, JobHistory history) {
    SavepointStore store = connections.store();
    try {
      Verification verified = store.verify(path);
      if (verified instanceof Verification.Good good) {
        String taken =
            history.savepoints().stream()
                .filter(s -> s.path().equals(path))
                .findFirst()
                .map(
                    s -> " taken at " + s.takenAt() + s.run().map(r -> " from run " + r).orElse(""))
                .orElse(", which isn't on this ledger,");
        return new Answer.Done(
            cancel
                + "restore from savepoint "
                + path
                + taken
                + " (verified: "
                + good.files()
                + " files, "
                + good.bytes()
                + " bytes)");
      }
      String reason =
          verified instanceof Verification.Missing missing
              ? missing.reason()
              : ((Verification.Damaged) verified).reason();
      return new Answer.Failed(path + " can't be restored from: " + reason);
    } catch (StorageUnavailable e) {
      return new Answer.Unreachable(e.getMessage());
    }
  }
}
