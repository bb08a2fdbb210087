package io.savepointd.app;

import io.savepointd.config.JobSettings;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Orders;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.JobStatus;
import java.time.Instant;
import java.util.Optional;

/** How a job stands by one look at its cluster, where no lane keeps it. */
final class Glance {
  private final JobSettings job;
  private final Instant now;

  private Glance(JobSettings job, Instant now) {
    this.job = job;
    this.now = now;
  }

  static JobStatus at(JobSettings job, JobHistory history, Connections connections, Instant now) {
    ClusterName home = connections.home(job, Optional.empty(), history);
    return new Glance(job, now).at(connections.look(home, now), history);
  }

  private JobStatus at(ClusterView view, JobHistory history) {
    if (view instanceof ClusterView.Unavailable down) {
      return status(JobStatus.State.UNREACHABLE, down.reason(), Optional.empty());
    }
    Alive alive = Alive.of(job, history, (ClusterView.Seen) view);
    if (alive.tooMany().isPresent()) {
      return status(JobStatus.State.HELD, alive.tooMany().get(), Optional.empty());
    }
    return alive.run().map(run -> up(run, history)).orElseGet(() -> down(history.orders()));
  }

  private JobStatus up(RunSeen run, JobHistory history) {
    boolean ours = history.run(run.id()).isPresent();
    Optional<Instant> stop = history.orders().stopWanted();
    if (stop.isPresent() && ours) {
      return status(
          JobStatus.State.STOPPING,
          "to be stopped since " + stop.get() + ", and no daemon to do it",
          Optional.of(run.id()));
    }
    return stop.isPresent()
        ? status(
            JobStatus.State.STOPPED,
            "stopped by command; run " + run.id() + " of its name is somebody else's",
            Optional.empty())
        : status(
            run.allTasksRunning() ? JobStatus.State.RUNNING : JobStatus.State.STARTING,
            "seen on the cluster; nobody keeps it",
            Optional.of(run.id()));
  }

  private JobStatus down(Orders orders) {
    if (orders.stopWanted().isPresent()) {
      return status(
          JobStatus.State.STOPPED,
          "stopped by command; `savepointd start " + job.job().name() + "` starts it",
          Optional.empty());
    }
    return orders
        .hold()
        .map(hold -> status(JobStatus.State.HELD, hold.reason(), Optional.empty()))
        .orElseGet(
            () ->
                status(
                    JobStatus.State.ENDED,
                    "not on the cluster, and no daemon to bring it back",
                    Optional.empty()));
  }

  private JobStatus status(JobStatus.State state, String detail, Optional<RunId> run) {
    return new JobStatus(job.job().name(), state, detail, run, now);
  }
}
