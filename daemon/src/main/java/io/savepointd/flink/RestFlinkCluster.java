package io.savepointd.flink;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A cluster over its REST API, any Flink from 1.18 to 2.3. Keeps nothing between calls, so that a
 * new JobManager is met without prejudice. {@link #submit} repeats a submission should the cluster
 * have lost the jar in between, and looks for the run if it was refused. HttpClient is the JDK's
 * because Flink's own client can't read older versions and retries for a minute.
 */
final class RestFlinkCluster implements FlinkCluster {
  private final ClusterSettings settings;
  private final Rest rest;
  private final Launcher launcher;

  /** Asked by {@code rest}, and given its runs by {@code launcher}. */
  RestFlinkCluster(ClusterSettings settings, Rest rest, Launcher launcher) {
    this.settings = settings;
    this.rest = rest;
    this.launcher = launcher;
  }

  @Override
  public ClusterName name() {
    return settings.name();
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    return Answers.facts(rest.get("/overview"));
  }

  @Override
  public List<RunSeen> overview() throws ClusterUnavailable {
    return Answers.overview(rest.get("/jobs/overview"));
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    // The status alone has neither name nor tasks, and the details are up to 3 s old.
    Optional<RunSeen> listed =
        overview().stream().filter(seen -> seen.id().equals(run)).findFirst();
    if (listed.isPresent()) {
      return listed;
    }
    Reply reply = rest.get("/jobs/" + run + "/status");
    // An unknown run is answered with 500 here.
    if (runIsUnknown(reply) || reply.error().mentions("FlinkJobNotFoundException")) {
      return Optional.empty();
    }
    return Optional.of(new RunSeen(run, "", Answers.status(reply), Instant.EPOCH, 0, 0));
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    SubmitOutcome outcome = launcher.submit(submission);
    return outcome instanceof SubmitOutcome.Refused refused
        ? confirm(refused, submission.run())
        : outcome;
  }

  /** A program may fail after it has submitted its run: then the run is there all the same. */
  private SubmitOutcome confirm(SubmitOutcome.Refused refused, RunId run) {
    try {
      // FAILED is what a run looks like whose restore was refused.
      return find(run).filter(seen -> seen.state() != RunState.FAILED).isPresent()
          ? new SubmitOutcome.Accepted()
          : refused;
    } catch (ClusterUnavailable e) {
      return new SubmitOutcome.Unknown(
          refused.reason() + ", but whether the run is there is open: " + e.getMessage());
    }
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask("/jobs/" + run + "/savepoints", Bodies.savepoint(trigger, directory, format));
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask("/jobs/" + run + "/stop", Bodies.stop(trigger, directory, format));
  }

  private TriggerReply ask(String path, JsonNode body) {
    try {
      Reply reply = rest.post(path, body, settings.requestTimeout());
      if (reply.ok()) {
        return new TriggerReply.Accepted();
      }
      return reply.refusedByFlink()
          ? new TriggerReply.Refused(reply.refused())
          : new TriggerReply.Unknown(reply.refused());
    } catch (ClusterUnavailable e) {
      return new TriggerReply.Unknown(e.getMessage());
    }
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    try {
      Reply reply = rest.get("/jobs/" + run + "/savepoints/" + trigger);
      if (reply.status() == 404 && !reply.error().noEndpoint()) {
        return new TriggerOutcome.Unknown(reply.error().reason(), true);
      }
      return Answers.outcome(reply);
    } catch (ClusterUnavailable e) {
      return new TriggerOutcome.Unknown(e.getMessage(), false);
    }
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    Reply reply = rest.patch("/jobs/" + run + "?mode=cancel");
    // 409: it has ended already. Either way the overview is where its end is seen.
    if (!runIsUnknown(reply) && reply.status() != 409 && !reply.ok()) {
      throw reply.refusal();
    }
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    Reply reply = rest.get("/jobs/" + run + "/checkpoints");
    if (reply.status() == 404 && reply.error().mentions("Checkpointing was not enabled")) {
      return Optional.of(CheckpointFacts.NONE);
    }
    return runIsUnknown(reply) ? Optional.empty() : Optional.of(Answers.checkpoints(reply));
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    Reply reply = rest.get("/jobs/" + run + "/checkpoints/config");
    return runIsUnknown(reply) ? Optional.empty() : Answers.checkpointTimeout(reply);
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    Reply reply = rest.get("/jobs/" + run + "/checkpoints/config");
    return runIsUnknown(reply) ? Optional.empty() : Answers.checkpointRetention(reply);
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    Reply reply = rest.get("/jobs/" + run + "/exceptions");
    return runIsUnknown(reply) ? Optional.empty() : Answers.failureCause(reply);
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    return Answers.savepointDirectory(rest.get("/jobmanager/config"));
  }

  private static boolean runIsUnknown(Reply reply) {
    return reply.status() == 404 && !reply.error().noEndpoint();
  }
}
