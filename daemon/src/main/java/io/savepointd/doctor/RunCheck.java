package io.savepointd.doctor;

import io.savepointd.flink.ClusterProbe;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerView;
import io.savepointd.ledger.Orders;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Run;
import io.savepointd.supervise.ClusterView;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Whether a job runs, and once only. */
final class RunCheck implements Check {
  private final Job job;
  private final ClusterSettings settings;
  private final Map<ClusterName, ClusterProbe> clusters;
  private final Seen<LedgerView> ledger;
  private final Clock clock;
  private final String file;

  /** With every cluster: a job may have been moved to another than its configuration says. */
  RunCheck(
      Job job,
      ClusterSettings settings,
      Map<ClusterName, ClusterProbe> clusters,
      Seen<LedgerView> ledger,
      Clock clock,
      String file) {
    this.job = job;
    this.settings = settings;
    this.clusters = Map.copyOf(clusters);
    this.ledger = ledger;
    this.clock = clock;
    this.file = file;
  }

  @Override
  public String name() {
    return "job " + job.name() + " run";
  }

  @Override
  public List<String> needs() {
    return List.of(ClusterChecks.reach(job.cluster().value()));
  }

  @Override
  public List<String> after() {
    return List.of(LedgerCheck.NAME);
  }

  @Override
  public Verdict look() throws IOException {
    JobHistory history = LedgerCheck.history(ledger, job.name());
    ClusterName home = history.openRun().map(Run::cluster).orElse(job.cluster());
    if (!clusters.containsKey(home)) {
      return new Verdict.Failed(
          "its run is on cluster " + home + ", which isn't configured",
          "put that cluster back into " + file);
    }
    List<RunSeen> alive =
        new ClusterView.Seen(clock.instant(), clusters.get(home).runs())
            .aliveOf(job.runName(), history);
    if (alive.size() > 1) {
      return new Verdict.Failed(
          alive.size() + " runs of it, or named '" + job.runName() + "', are alive",
          "cancel all but one on the cluster's page, and see docs/operations.md");
    }
    return alive.isEmpty() ? none(history.orders()) : one(alive.get(0), home);
  }

  private Verdict one(RunSeen run, ClusterName home) {
    String seen =
        "%s, %d of %d tasks up, run %s"
            .formatted(run.state(), run.tasksRunning(), run.tasks(), run.id());
    return home.equals(job.cluster())
        ? new Verdict.Ok(seen)
        : new Verdict.Warn(
            seen + ", on cluster " + home + ", and the configuration says " + job.cluster(),
            "put `cluster = " + home + "` into its configuration");
  }

  private Verdict none(Orders orders) {
    if (orders.stopWanted().isPresent()) {
      return new Verdict.Ok("none: stopped by command");
    }
    return orders
        .hold()
        .<Verdict>map(
            hold ->
                new Verdict.Warn(
                    "none: held, " + hold.reason(), "savepointd release " + job.name()))
        .orElseGet(() -> new Verdict.Ok("none: a daemon would start it"));
  }

  @Override
  public String remedy(IOException failure) {
    return ClusterChecks.unreachable(settings, file);
  }
}
