package io.savepointd.flink;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Redaction;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A cluster whose words hold no secrets of the jobs on it: a program that fails may quote what it
 * was given, and that would go on into the log, the ledger and {@code status}.
 */
public final class DiscreetCluster implements FlinkCluster {
  private final FlinkCluster cluster;
  private final Redaction redaction;

  /** Passes everything on to {@code cluster}, and its answers back through {@code redaction}. */
  public DiscreetCluster(FlinkCluster cluster, Redaction redaction) {
    this.cluster = cluster;
    this.redaction = redaction;
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
    return cluster.overview();
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    return cluster.find(run);
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    SubmitOutcome outcome = cluster.submit(submission);
    if (outcome instanceof SubmitOutcome.Refused refused) {
      return new SubmitOutcome.Refused(redaction.in(refused.reason()));
    }
    if (outcome instanceof SubmitOutcome.NotSent never) {
      return new SubmitOutcome.NotSent(redaction.in(never.reason()));
    }
    if (outcome instanceof SubmitOutcome.Unknown unknown) {
      return new SubmitOutcome.Unknown(redaction.in(unknown.reason()));
    }
    return outcome;
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return discreet(cluster.trigger(run, trigger, directory, format));
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return discreet(cluster.stop(run, trigger, directory, format));
  }

  private TriggerReply discreet(TriggerReply reply) {
    if (reply instanceof TriggerReply.Refused refused) {
      return new TriggerReply.Refused(redaction.in(refused.reason()));
    }
    if (reply instanceof TriggerReply.Unknown unknown) {
      return new TriggerReply.Unknown(redaction.in(unknown.reason()));
    }
    return reply;
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    TriggerOutcome outcome = cluster.outcome(run, trigger);
    if (outcome instanceof TriggerOutcome.Failed failed) {
      return new TriggerOutcome.Failed(redaction.in(failed.reason()));
    }
    if (outcome instanceof TriggerOutcome.Unknown unknown) {
      return new TriggerOutcome.Unknown(redaction.in(unknown.reason()), unknown.notFound());
    }
    return outcome;
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    cluster.cancel(run);
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    return cluster.checkpoints(run);
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    return cluster.checkpointTimeout(run);
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    return cluster.checkpointRetention(run);
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    return cluster.failureCause(run).map(redaction::in);
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    return cluster.savepointDirectory();
  }
}
