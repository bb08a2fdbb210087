package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.RunId;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.JobStatus;
import java.time.Instant;
import java.util.Optional;

/** How a job stands by one look at its cluster, where no lane keeps it. */
final class Glance {
  private Glance() {}

  static JobStatus at(JobSettings job, JobHistory history, Connections connections, Instant now) {
    ClusterView view = connections.watch(job.job().cluster()).look(now);
    if (view instanceof ClusterView.Unavailable down) {
      return status(job, JobStatus.State.UNREACHABLE, down.reason(), Optional.empty(), now);
    }
    ClusterView.Seen seen = (ClusterView.Seen) view;
    Optional<RunSeen> alive =
        history
            .openRun()
            .flatMap(r -> seen.run(r.id()))
            .filter(r -> !r.state().globallyTerminal())
            .or(() -> seen.aliveNamed(job.job().runName()).stream().findFirst());
    return alive
        .map(
            run ->
                status(
                    job,
                    run.allTasksRunning() ? JobStatus.State.RUNNING : JobStatus.State.STARTING,
                    "seen on the cluster; nobody keeps it",
                    Optional.of(run.id()),
                    now))
        .orElseGet(
            () ->
                status(
                    job,
                    JobStatus.State.ENDED,
                    "not on the cluster, and no daemon to bring it back",
                    Optional.empty(),
                    now));
  }

  private static JobStatus status(
      JobSettings job, JobStatus.State state, String detail, Optional<RunId> run, Instant now) {
    return new JobStatus(job.job().name(), state, detail, run, now);
  }
}
