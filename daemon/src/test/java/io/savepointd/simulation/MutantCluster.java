package io.savepointd.simulation;

import io.savepointd.flink.CheckpointFacts;
import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.flink.Submission;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.flink.TriggerReply;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Ids;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The cluster as a faulty client would show it. */
final class MutantCluster implements FlinkCluster {
  private final FlinkCluster real;
  private final Mutation mutation;
  private final Ids ids;
  private final Set<RunId> submitted = new HashSet<>();

  MutantCluster(FlinkCluster real, Mutation mutation, Ids ids) {
    this.real = real;
    this.mutation = mutation;
    this.ids = ids;
  }

  @Override
  public ClusterName name() {
    return real.name();
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    return real.facts();
  }

  @Override
  public List<RunSeen> overview() throws ClusterUnavailable {
    try {
      return real.overview();
    } catch (ClusterUnavailable e) {
      if (mutation == Mutation.TAKES_AN_ERROR_FOR_NO_RUNS) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    try {
      return real.find(run);
    } catch (ClusterUnavailable e) {
      if (mutation == Mutation.TAKES_AN_ERROR_FOR_NO_RUNS) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public SubmitOutcome submit(Submission s) {
    if (submitted.add(s.run()) || mutation != Mutation.RESENDS_UNDER_A_FRESH_ID) {
      return real.submit(s);
    }
    return real.submit(
        new Submission(
            ids.newRun(), s.job(), s.jarDigest(), s.restorePath(), s.allowNonRestoredState()));
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return real.trigger(run, trigger, directory, format);
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return real.stop(run, trigger, directory, format);
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    TriggerOutcome outcome = real.outcome(run, trigger);
    return mutation == Mutation.TAKES_AN_ERROR_FOR_A_FAILURE
            && outcome instanceof TriggerOutcome.Unknown unknown
        ? new TriggerOutcome.Failed(unknown.reason())
        : outcome;
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    real.cancel(run);
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    return real.checkpoints(run);
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    return real.checkpointTimeout(run);
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    return real.checkpointRetention(run);
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    return real.failureCause(run);
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    return real.savepointDirectory();
  }
}
