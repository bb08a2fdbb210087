package io.savepointd.flink;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster that the configuration doesn't name, so that nothing is known of how to reach it. What
 * was begun there is neither over nor failed: every answer is unknown.
 */
public final class UnconfiguredCluster implements FlinkCluster {
  private final ClusterName name;

  /** By the name that the ledger has for it. */
  public UnconfiguredCluster(ClusterName name) {
    this.name = name;
  }

  /** Why it gives no answer. */
  public String reason() {
    return "cluster " + name + " isn't in the configuration";
  }

  private ClusterUnavailable unavailable() {
    return new ClusterUnavailable(reason());
  }

  @Override
  public ClusterName name() {
    return name;
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public List<RunSeen> overview() throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    return new SubmitOutcome.Unknown(reason());
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return new TriggerReply.Unknown(reason());
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return new TriggerReply.Unknown(reason());
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    return new TriggerOutcome.Unknown(reason(), false);
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    throw unavailable();
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    throw unavailable();
  }
}
