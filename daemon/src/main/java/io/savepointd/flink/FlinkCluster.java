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
 * One Flink cluster. A call blocks for no longer than the cluster's request timeout, unless it says
 * otherwise; safe for several threads. {@link ClusterUnavailable} always means "nothing is known",
 * never "no".
 */
public interface FlinkCluster {
  /** The name it has in the configuration. */
  ClusterName name();

  /** Version and slots, asked now. */
  ClusterFacts facts() throws ClusterUnavailable;

  /** Every run the cluster tells of, live ({@code /jobs/overview}), in one request. */
  List<RunSeen> overview() throws ClusterUnavailable;

  /**
   * Asks for one run by id ({@code /jobs/:id/status}, live); empty if this JobManager has never
   * heard of it, which after a change of JobManager says nothing about the run's past. May take two
   * requests, and so the request timeout twice.
   */
  Optional<RunSeen> find(RunId run) throws ClusterUnavailable;

  /**
   * Submits a run under its chosen id, uploading the jar first if the cluster doesn't hold that
   * very content, or by the cluster's own command line. Sending the same id again is harmless: the
   * cluster answers {@link SubmitOutcome.Duplicate}. Never throws for a lost answer: that is {@link
   * SubmitOutcome.Unknown}. May take the submit timeout up to three times, for the upload, the
   * submission and its repetition, and the request timeout a few times besides.
   */
  SubmitOutcome submit(Submission submission);

  /**
   * Asks for a savepoint under a chosen trigger id; sending the same id again starts no second one.
   */
  TriggerReply trigger(RunId run, TriggerId trigger, String directory, SavepointFormat format);

  /**
   * Asks for a savepoint and for the run's end after it ({@code /stop}, without draining): no
   * record is processed after the savepoint. Its outcome is that of a trigger; where it fails the
   * savepoint may be good all the same, and the run may go on.
   */
  TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format);

  /** What has become of a trigger, a stop's among them. */
  TriggerOutcome outcome(RunId run, TriggerId trigger);

  /** Asks for the run's cancellation; its end is to be watched for in {@link #overview}. */
  void cancel(RunId run) throws ClusterUnavailable;

  /**
   * The run's checkpoint statistics; empty if the run isn't known. Up to 3 s old ({@code
   * web.refresh-interval}).
   */
  Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable;

  /**
   * How long the run itself lets a checkpoint or savepoint take; empty if the run isn't known or
   * takes no checkpoints.
   */
  Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable;

  /**
   * How long Flink keeps the run's checkpoints; empty if the run isn't known or takes none, or the
   * answer doesn't say.
   */
  Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable;

  /** Why the run failed, in Flink's words, its first lines only; empty if Flink has none. */
  Optional<String> failureCause(RunId run) throws ClusterUnavailable;

  /**
   * The savepoint directory the cluster itself is configured with, whatever its version calls it.
   */
  Optional<String> savepointDirectory() throws ClusterUnavailable;
}
