package io.savepointd.flink;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Flink cluster in memory that behaves as the real one does in {@link FlinkClusterContract}, with
 * a switch for each way in which it can let its clients down. Safe for several threads.
 *
 * <p>A submitted run is RUNNING at once, a cancelled one CANCELED at once, unless {@link #stepped}:
 * then {@link #settle} moves them on. Savepoints are in progress until {@link #completeSavepoint},
 * unless {@link #completeSavepointsAtOnce}.
 */
public final class FakeFlinkCluster implements FlinkCluster {
  private static final int TASKS = 2;

  private final ClusterName name;
  private final Clock clock;
  private final Map<RunId, FakeRun> runs = new LinkedHashMap<>();
  private final FakeTriggers triggers;
  private final Set<String> jars = new LinkedHashSet<>();
  private final List<Submission> submissions = new ArrayList<>();
  private final List<Trigger> asked = new ArrayList<>();
  private final FakeFaults faults = new FakeFaults();
  private Optional<String> savepointDirectory = Optional.empty();
  private Optional<Duration> checkpointTimeout = Optional.empty();
  private CheckpointRetention retention = CheckpointRetention.NEVER;
  private String flinkVersion = "2.3.0";
  private boolean stepped;
  private boolean atOnce;
  private boolean readsJars;

  /** A savepoint asked of the cluster, as it arrived there. */
  public record Trigger(RunId run, TriggerId id, String directory, SavepointFormat format) {}

  /** An empty cluster; {@code clock} is where its runs' start times come from. */
  public FakeFlinkCluster(ClusterName name, Clock clock, SavepointWriter writer) {
    this.name = name;
    this.clock = clock;
    this.triggers = new FakeTriggers(writer);
  }

  /** From now on it says that it is this Flink. */
  public synchronized void flinkVersion(String version) {
    flinkVersion = version;
  }

  /** Where faults are switched on and off. */
  public FakeFaults faults() {
    return faults;
  }

  @Override
  public ClusterName name() {
    return name;
  }

  @Override
  public synchronized ClusterFacts facts() throws ClusterUnavailable {
    faults.checkReachable();
    int busy = runs.values().stream().mapToInt(run -> run.tasksRunning).sum() / TASKS;
    return new ClusterFacts(flinkVersion, 1, 8, 8 - busy);
  }

  @Override
  public synchronized List<RunSeen> overview() throws ClusterUnavailable {
    faults.checkReachable();
    return runs.values().stream().map(FakeRun::seen).toList();
  }

  @Override
  public synchronized Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    faults.checkReachable();
    return Optional.ofNullable(runs.get(run)).map(FakeRun::seen);
  }

  @Override
  public synchronized SubmitOutcome submit(Submission submission) {
    Optional<String> unusable = faults.takeUnusableJar().or(() -> inspectJar(submission));
    if (unusable.isPresent()) {
      return new SubmitOutcome.JarUnusable(unusable.get());
    }
    Optional<String> notSent = faults.notSent();
    if (notSent.isPresent()) {
      return new SubmitOutcome.NotSent(notSent.get());
    }
    if (!faults.reachable()) {
      return new SubmitOutcome.Unknown("fake: not reachable");
    }
    return switch (faults.takeLostSubmit()) {
      case NO -> accept(submission);
      case WITHOUT_EFFECT -> new SubmitOutcome.Unknown("fake: the request was lost");
      case WITH_EFFECT -> {
        accept(submission);
        yield new SubmitOutcome.Unknown("fake: the answer was lost");
      }
    };
  }

  private Optional<String> inspectJar(Submission submission) {
    Path jar = submission.job().jar();
    if (!readsJars) {
      return Optional.empty();
    }
    try {
      return JarDigest.of(jar).equals(submission.jarDigest())
          ? Optional.empty()
          : Optional.of(jar + " is not the announced one");
    } catch (IOException e) {
      return Optional.of(jar + " can't be read: " + e);
    }
  }

  private SubmitOutcome accept(Submission submission) {
    submissions.add(submission);
    jars.add(submission.jarDigest());
    if (runs.containsKey(submission.run())) {
      return new SubmitOutcome.Duplicate();
    }
    Optional<String> refusal =
        faults.takeRefusedSubmit().or(() -> faults.refusalOf(submission.jarDigest()));
    if (refusal.isPresent()) {
      return new SubmitOutcome.Refused(refusal.get());
    }
    FakeRun run =
        new FakeRun(submission, faults.restoredFrom(submission.restorePath()), clock.instant());
    runs.put(submission.run(), run);
    Optional<String> missing = submission.restorePath().filter(path -> !faults.restorable(path));
    if (missing.isPresent()) {
      // The id is burnt all the same.
      run.failure = Optional.of("Cannot find checkpoint or savepoint " + missing.get());
      run.end(RunState.FAILED);
      return new SubmitOutcome.Refused(run.failure.get());
    }
    settleUnlessStepped();
    return new SubmitOutcome.Accepted();
  }

  @Override
  public synchronized TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask(run, trigger, directory, format, false);
  }

  @Override
  public synchronized TriggerReply stop(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask(run, trigger, directory, format, true);
  }

  private TriggerReply ask(
      RunId run, TriggerId trigger, String directory, SavepointFormat format, boolean stops) {
    if (!faults.reachable()) {
      return new TriggerReply.Unknown("fake: not reachable");
    }
    FakeFaults.Loss loss = faults.takeLostTrigger();
    if (loss != FakeFaults.Loss.WITHOUT_EFFECT) {
      asked.add(new Trigger(run, trigger, directory, format));
      if (!triggers.knows(run, trigger)) {
        triggers.begin(run, trigger, Optional.ofNullable(runs.get(run)), directory, stops, faults);
      }
      if (atOnce) {
        triggers.completeAll(faults);
      }
    }
    return loss == FakeFaults.Loss.NO
        ? new TriggerReply.Accepted()
        : new TriggerReply.Unknown("fake: the answer was lost");
  }

  @Override
  public synchronized TriggerOutcome outcome(RunId run, TriggerId trigger) {
    return faults.reachable()
        ? triggers.outcome(run, trigger)
        : new TriggerOutcome.Unknown("fake: not reachable", false);
  }

  @Override
  public synchronized void cancel(RunId run) throws ClusterUnavailable {
    faults.checkReachable();
    FakeRun found = runs.get(run);
    if (found != null && found.alive()) {
      found.state = RunState.CANCELLING;
      triggers.failAllOf(run, "the run was cancelled");
      settleUnlessStepped();
    }
  }

  @Override
  public synchronized Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    faults.checkReachable();
    return Optional.ofNullable(runs.get(run))
        .map(found -> found.checkpoints(triggers.underWay(run)));
  }

  @Override
  public synchronized Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    faults.checkReachable();
    return runs.containsKey(run) ? checkpointTimeout : Optional.empty();
  }

  @Override
  public synchronized Optional<CheckpointRetention> checkpointRetention(RunId run)
      throws ClusterUnavailable {
    faults.checkReachable();
    return runs.containsKey(run) ? Optional.of(retention) : Optional.empty();
  }

  @Override
  public synchronized Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    faults.checkReachable();
    return Optional.ofNullable(runs.get(run)).flatMap(found -> found.failure);
  }

  @Override
  public synchronized Optional<String> savepointDirectory() throws ClusterUnavailable {
    faults.checkReachable();
    return savepointDirectory;
  }

  // What a test steers.

  /** From now on runs start and end only when {@link #settle} is called. */
  public synchronized void stepped(boolean on) {
    stepped = on;
  }

  /** Lets every run reach the state it is on its way to. */
  public synchronized void settle() {
    runs.values().forEach(run -> run.settle(TASKS));
  }

  /** Lets one run reach the state it is on its way to, if it is still there. */
  public synchronized void settle(RunId run) {
    Optional.ofNullable(runs.get(run)).ifPresent(found -> found.settle(TASKS));
  }

  private void settleUnlessStepped() {
    if (!stepped) {
      settle();
    }
  }

  /** From now on the jar on disk is read and compared with its announced digest. */
  public synchronized void readsJars(boolean on) {
    readsJars = on;
  }

  /** From now on a savepoint is complete as soon as it is asked for. */
  public synchronized void completeSavepointsAtOnce(boolean on) {
    atOnce = on;
  }

  /** Completes one savepoint that is in progress. */
  public synchronized void completeSavepoint(TriggerId trigger) {
    triggers.complete(trigger, faults);
  }

  /** Completes every savepoint that is in progress. */
  public synchronized void completeSavepoints() {
    triggers.completeAll(faults);
  }

  /** Fails one savepoint that is in progress. */
  public synchronized void failSavepoint(TriggerId trigger, String reason) {
    triggers.fail(trigger, reason);
  }

  /** The five minutes for which Flink remembers a savepoint's outcome are over. */
  public synchronized void expireOutcomes() {
    triggers.forget();
  }

  /** The same for one savepoint's outcome. */
  public synchronized void expireOutcome(TriggerId trigger) {
    triggers.forget(trigger);
  }

  /** How long its runs say that their checkpoints are kept; deleting them is the test's part. */
  public synchronized void keepsCheckpoints(CheckpointRetention kept) {
    retention = kept;
  }

  /** Completes a periodic checkpoint of a run, which lies there. */
  public synchronized void completeCheckpoint(RunId run, String path) {
    completeCheckpoint(run);
    runs.get(run).completed = Optional.of(path);
  }

  /** Completes a periodic checkpoint of a run. */
  public synchronized void completeCheckpoint(RunId run) {
    runs.get(run).checkpointed = true;
    runs.get(run).everCheckpointed = true;
  }

  /** Ends a run behind everyone's back, or puts it into any other state. */
  public synchronized void kill(RunId run, RunState state) {
    FakeRun killed = runs.get(run);
    killed.end(state);
    if (state == RunState.FAILED) {
      killed.failure = Optional.of("fake: killed");
    }
    triggers.failAllOf(run, "the run was " + state);
  }

  /** Drops an ended run from the overview, as Flink does after {@code jobstore.expiration-time}. */
  public synchronized void expire(RunId run) {
    runs.remove(run);
  }

  /**
   * The JobManager dies and another takes its place: jars, ended runs and outcomes are forgotten.
   *
   * @param highlyAvailable whether the runs that were alive come back, from a checkpoint of the HA
   *     store and with empty statistics, instead of being forgotten as well
   */
  public synchronized void restart(boolean highlyAvailable) {
    triggers.forget();
    jars.clear();
    runs.values().removeIf(run -> !highlyAvailable || !run.alive());
    runs.values().forEach(FakeRun::recover);
    settleUnlessStepped();
  }

  /**
   * As {@link #restart} with high availability, to the last detail: a run that has never completed
   * a checkpoint begins again from what it was submitted with.
   */
  public synchronized void failOver() {
    triggers.forget();
    jars.clear();
    runs.values().removeIf(run -> !run.alive());
    for (FakeRun run : runs.values()) {
      Optional<String> origin = run.everCheckpointed ? Optional.empty() : run.restoredFrom;
      run.recover();
      run.restoredFrom = origin.isPresent() || !run.everCheckpointed ? origin : run.restoredFrom;
    }
    settleUnlessStepped();
  }

  /** How long its runs let a checkpoint take. */
  public synchronized void checkpointTimeout(Duration timeout) {
    checkpointTimeout = Optional.of(timeout);
  }

  /** What {@link #savepointDirectory()} answers. */
  public synchronized void savepointDirectory(Optional<String> directory) {
    savepointDirectory = directory;
  }

  /** The runs that really are alive, whether it can be reached or not. */
  public synchronized List<RunSeen> alive() {
    return runs.values().stream().filter(FakeRun::alive).map(FakeRun::seen).toList();
  }

  /** Every submission that arrived, duplicates and refused ones among them, oldest first. */
  public synchronized List<Submission> submissions() {
    return List.copyOf(submissions);
  }

  /** Every trigger that arrived, repeated ones among them, oldest first. */
  public synchronized List<Trigger> triggers() {
    return List.copyOf(asked);
  }

  /** The digests of the jars it holds. */
  public synchronized Set<String> jars() {
    return Set.copyOf(jars);
  }
}
