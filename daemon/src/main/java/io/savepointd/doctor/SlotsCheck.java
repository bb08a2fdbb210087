package io.savepointd.doctor;

import io.savepointd.config.JobSettings;
import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.flink.ClusterSetup;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.Words;
import io.savepointd.supervise.ClusterView;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether the jobs that should run on a cluster and don't would find slots there. */
final class SlotsCheck implements Check {
  private final ClusterSettings settings;
  private final ClusterChecks cluster;
  private final List<JobSettings> jobs;
  private final Seen<LedgerView> ledger;
  private final Clock clock;
  private final String file;

  /** With the cluster's own jobs. */
  SlotsCheck(
      ClusterSettings settings,
      ClusterChecks cluster,
      List<JobSettings> jobs,
      Seen<LedgerView> ledger,
      Clock clock,
      String file) {
    this.settings = settings;
    this.cluster = cluster;
    this.jobs = List.copyOf(jobs);
    this.ledger = ledger;
    this.clock = clock;
    this.file = file;
  }

  @Override
  public String name() {
    return ClusterChecks.reach(settings.name().value()) + " slots";
  }

  @Override
  public List<String> needs() {
    return List.of(ClusterChecks.reach(settings.name().value()));
  }

  @Override
  public List<String> after() {
    return List.of(ClusterChecks.setup(settings.name().value()), LedgerCheck.NAME);
  }

  @Override
  public Verdict look() throws IOException {
    ClusterFacts facts = cluster.facts().need();
    ClusterView.Seen runs = new ClusterView.Seen(clock.instant(), cluster.probe().runs());
    int needed = 0;
    List<String> waiting = new ArrayList<>();
    for (JobSettings job : jobs) {
      if (wanted(job) && !alive(job, runs)) {
        int slots = job.job().parallelism().orElseGet(this::defaultParallelism);
        needed += slots;
        waiting.add(job.job().name() + " needs " + slots);
      }
    }
    String found =
        facts.slotsAvailable()
            + " of "
            + Words.count(facts.slotsTotal(), "slot")
            + " free"
            + (waiting.isEmpty()
                ? ", and nothing waits for one"
                : "; " + String.join(", ", waiting));
    boolean grows = cluster.setup().get().filter(ClusterSetup::startsTaskManagers).isPresent();
    if (needed <= facts.slotsAvailable() || grows) {
      return new Verdict.Ok(found + (grows ? "; YARN starts more" : ""));
    }
    return new Verdict.Failed(
        found, "start another TaskManager, or lower the parallelism of these jobs");
  }

  private boolean wanted(JobSettings job) {
    JobHistory history = LedgerCheck.history(ledger, job.job().name());
    boolean elsewhere =
        history.openRun().filter(run -> !run.cluster().equals(settings.name())).isPresent();
    return history.orders().stopWanted().isEmpty() && !elsewhere;
  }

  private boolean alive(JobSettings job, ClusterView.Seen runs) {
    JobHistory history = LedgerCheck.history(ledger, job.job().name());
    return !runs.aliveOf(job.job().runName(), history).isEmpty();
  }

  private int defaultParallelism() {
    return cluster.setup().get().map(ClusterSetup::defaultParallelism).orElse(1);
  }

  @Override
  public String remedy(IOException failure) {
    return ClusterChecks.unreachable(settings, file);
  }
}
