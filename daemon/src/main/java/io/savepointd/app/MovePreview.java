package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Launch;
import io.savepointd.model.Run;
import io.savepointd.supervise.Answer;
import io.savepointd.supervise.ClusterAccess;
import io.savepointd.supervise.ConfiguredElsewhere;
import io.savepointd.supervise.Demand;
import io.savepointd.supervise.Destination;
import io.savepointd.supervise.Progress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a move would do, said and not done. */
final class MovePreview {
  private final Connections connections;

  MovePreview(Connections connections) {
    this.connections = connections;
  }

  /** Asks both clusters. */
  Answer of(JobSettings settings, Demand.Move move, JobHistory history, Instant now) {
    Optional<Run> open = history.openRun();
    if (open.isEmpty() || !(open.get().phase() instanceof Run.Phase.Started)) {
      return new Answer.Refused("the job isn't running");
    }
    Run run = open.get();
    if (run.cluster().equals(move.to())) {
      return new Answer.Done(ConfiguredElsewhere.already(run, settings.job()));
    }
    if (run.launch().filter(Launch::kept).isEmpty()) {
      return new Answer.Refused(
          "what run "
              + run.id()
              + " was started with isn't known; `stop`, another `cluster` in the configuration and"
              + " `start` move it");
    }
    Map<ClusterName, ClusterAccess> clusters =
        connections.world(settings, Progress.unwatched()).clusters();
    if (!clusters.containsKey(run.cluster())) {
      return new Answer.Refused("cluster " + run.cluster() + " isn't in the configuration");
    }
    Destination.Found found =
        new Destination(clusters.get(run.cluster()), clusters.get(move.to()), move.olderFlink())
            .look(run, settings.job().runName(), history, now);
    return found instanceof Destination.Unfit unfit
        ? unfit.why()
        : new Answer.Done(
            "would stop run "
                + run.id()
                + " on cluster "
                + run.cluster()
                + " with a savepoint and go on from it on cluster "
                + move.to()
                + " ("
                + ((Destination.Fit) found).remark()
                + ")");
  }
}
