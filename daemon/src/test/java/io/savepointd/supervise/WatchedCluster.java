package io.savepointd.supervise;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.flink.Submission;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.flink.TriggerReply;
import io.savepointd.ledger.Event;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The fake cluster, with every effect on it reported, and two more ways to let its client down. */
final class WatchedCluster implements FlinkCluster {
  private final FakeFlinkCluster cluster;
  private final Effects effects;
  private final List<FakeFlinkCluster> others;
  private int looks;
  private int statisticsAsked;
  private boolean forgetsOrigins;
  private boolean hidesCauses;

  WatchedCluster(FakeFlinkCluster cluster, Effects effects, FakeFlinkCluster... others) {
    this.cluster = cluster;
    this.effects = effects;
    this.others = List.of(others);
  }

  /** How often the overview was asked for. */
  int looks() {
    return looks;
  }

  /** How often a run's checkpoint statistics were asked for. */
  int statisticsAsked() {
    return statisticsAsked;
  }

  /** Whether the statistics don't say yet what a run was restored from. */
  void forgetsOrigins(boolean on) {
    forgetsOrigins = on;
  }

  /** Whether asking for the cause of a failure gets no answer. */
  void hidesCauses(boolean on) {
    hidesCauses = on;
  }

  @Override
  public ClusterName name() {
    return cluster.name();
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    return cluster.facts();
  }

  @Override
  public List<RunSeen> overview() throws ClusterUnavailable {
    looks++;
    return cluster.overview();
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    return cluster.find(run);
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    effects.happens(
        "submit " + submission.run(),
        e -> e instanceof Event.RunIntended i && i.run().equals(submission.run()));
    effects.require(
        others.stream()
            .flatMap(other -> other.alive().stream())
            .allMatch(r -> r.id().equals(Foreign.submission().run())),
        submission.run() + " was submitted beside a run on another cluster");
    try {
      effects.require(
          cluster.overview().stream()
              .filter(r -> !r.state().globallyTerminal())
              .allMatch(r -> r.id().equals(submission.run())),
          submission.run() + " was submitted beside another run");
    } catch (ClusterUnavailable e) {
      // Then the submission won't arrive either.
    }
    return cluster.submit(submission);
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    effects.happens(
        "trigger " + trigger,
        e ->
            e instanceof Event.SavepointIntended i
                && i.trigger().equals(trigger)
                && i.directory().equals(directory));
    return cluster.trigger(run, trigger, directory, format);
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    effects.happens(
        "stop " + trigger,
        e ->
            e instanceof Event.SavepointIntended i
                && i.trigger().equals(trigger)
                && i.occasion() instanceof Occasion.Stopping
                && i.directory().equals(directory));
    return cluster.stop(run, trigger, directory, format);
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    return cluster.checkpointTimeout(run);
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    return cluster.outcome(run, trigger);
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    effects.happens(
        "cancel " + run, e -> e instanceof Event.CancelIntended i && i.run().equals(run));
    cluster.cancel(run);
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    statisticsAsked++;
    return cluster
        .checkpoints(run)
        .map(
            f ->
                forgetsOrigins
                    ? new CheckpointFacts(
                        f.checkpointed(),
                        f.completed(),
                        Optional.empty(),
                        f.savepoints(),
                        f.savepointUnderWay(),
                        f.written())
                    : f);
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    return cluster.checkpointRetention(run);
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    if (hidesCauses) {
      throw new ClusterUnavailable("fake: 500");
    }
    return cluster.failureCause(run);
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    return cluster.savepointDirectory();
  }
}
