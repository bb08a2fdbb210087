package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.RunSeen;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.supervise.SupervisionSettings.EmptyStart;
import io.savepointd.supervise.SupervisionSettings.Restart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** One situation to decide on; everything that isn't said is quiet. */
final class Case {
  static final Duration WATCH = Duration.ofSeconds(1);

  private final JobHistory history;
  private final List<RunSeen> seen = new ArrayList<>();
  private boolean unreachable;
  private int looksMissing;
  private long now;
  private Optional<Observed.Submitted> submitted = Optional.empty();
  private Optional<TriggerOutcome> outcome = Optional.empty();
  private Instant askAgainFrom = Instant.MIN;
  private Optional<CheckpointFacts.Written> written = Optional.empty();
  private Instant lookAgainFrom = Instant.MIN;
  private Job job = KeeperWorld.JOB;
  private Set<ClusterName> clusters = Set.of(KeeperWorld.CLUSTER);
  private RestorePoint point = new RestorePoint.NotLooked();
  private Optional<Demand.Start> start = Optional.empty();
  private Optional<Demand.Savepoint> savepoint = Optional.empty();
  private Restart restart = Restart.ALWAYS;
  private EmptyStart emptyStart = EmptyStart.FIRST_TIME;

  Case(Histories histories) {
    this.history = histories.done();
  }

  static Case of(Histories histories) {
    return new Case(histories);
  }

  Case at(long second) {
    now = second;
    return this;
  }

  Case unreachable() {
    unreachable = true;
    return this;
  }

  /** A run is in the overview, with all of its tasks running if it is RUNNING. */
  Case shows(int run, RunState state) {
    return shows(run, state, state == RunState.RUNNING ? 2 : 0);
  }

  Case shows(int run, RunState state, int tasksRunning) {
    seen.add(new RunSeen(Histories.run(run), "averaging", state, Histories.START, tasksRunning, 2));
    return this;
  }

  /** A run with all of its tasks running under a name that isn't the job's. */
  Case shows(int run, RunState state, String name) {
    seen.add(new RunSeen(Histories.run(run), name, state, Histories.START, 2, 2));
    return this;
  }

  Case missing(int looks) {
    looksMissing = looks;
    return this;
  }

  Case sent(int run, long second, SubmitOutcome answer) {
    submitted =
        Optional.of(new Observed.Submitted(Histories.run(run), Histories.at(second), answer));
    return this;
  }

  Case outcome(TriggerOutcome of) {
    outcome = Optional.of(of);
    return this;
  }

  Case written(int subtasks, int of) {
    written = Optional.of(new CheckpointFacts.Written(subtasks, of));
    return this;
  }

  Case askAgainFrom(long second) {
    askAgainFrom = Histories.at(second);
    return this;
  }

  Case lookAgainFrom(long second) {
    lookAgainFrom = Histories.at(second);
    return this;
  }

  /** The configuration names this cluster alone. */
  Case onCluster(String name) {
    clusters = Set.of(new ClusterName(name));
    Job j = KeeperWorld.JOB;
    job =
        new Job(
            j.name(),
            new ClusterName(name),
            j.runName(),
            j.jar(),
            j.entryClass(),
            j.args(),
            j.parallelism(),
            j.flinkConfiguration());
    return this;
  }

  /** The cluster that the job was on before is configured still. */
  Case besideTheOldOne() {
    clusters = Set.of(job.cluster(), KeeperWorld.CLUSTER);
    return this;
  }

  Case point(RestorePoint found) {
    point = found;
    return this;
  }

  Case wants(Demand.From from, boolean replace) {
    start = Optional.of(new Demand.Start(from, replace));
    return this;
  }

  Case wantsSavepoint() {
    savepoint =
        Optional.of(new Demand.Savepoint(new Occasion.Requested(), SavepointFormat.CANONICAL));
    return this;
  }

  Case restart(Restart policy) {
    restart = policy;
    return this;
  }

  Case emptyStart(EmptyStart policy) {
    emptyStart = policy;
    return this;
  }

  Action decided() {
    SupervisionSettings s = KeeperWorld.SETTINGS;
    SupervisionSettings settings =
        new SupervisionSettings(
            restart,
            emptyStart,
            s.backoff(),
            s.crashLoop(),
            s.restore(),
            s.startTimeout(),
            s.savepointTimeout(),
            s.leftoverGrace(),
            s.upgradeTimeout());
    ClusterView view =
        unreachable
            ? new ClusterView.Unavailable(Histories.at(now), "refused")
            : new ClusterView.Seen(Histories.at(now), seen);
    Optional<Observed.TriggerSeen> trigger =
        outcome.map(
            o ->
                new Observed.TriggerSeen(
                    history.openTriggers().get(0),
                    o,
                    askAgainFrom,
                    lookAgainFrom,
                    history.openTriggers().get(0).intendedAt().plus(s.savepointTimeout()),
                    written));
    return new Decide(WATCH)
        .next(
            new Desired(job, settings, clusters, start, savepoint),
            new Observed(view, looksMissing, submitted, trigger, point, OptionalInt.empty()),
            history,
            Histories.at(now));
  }

  JobStatus.State state() {
    return ((Action.Wait) decided()).state();
  }

  String detail() {
    return ((Action.Wait) decided()).detail();
  }

  Answer refusal() {
    return ((Action.RefuseStart) decided()).answer();
  }
}
