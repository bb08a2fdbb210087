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
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One process's connection to the cluster, on which requests and answers may go astray. */
final class ClusterLink implements FlinkCluster {
  private final Simulation simulation;
  private final Life process;
  private final ClusterWorld world;

  ClusterLink(Simulation simulation, Life process, ClusterWorld world) {
    this.simulation = simulation;
    this.process = process;
    this.world = world;
  }

  private void reach(String what) throws ClusterUnavailable {
    process.before("cluster " + what);
    if (world.down() || simulation.faults().unanswered()) {
      throw new ClusterUnavailable("simulated");
    }
  }

  @Override
  public ClusterName name() {
    return world.fake().name();
  }

  @Override
  public ClusterFacts facts() throws ClusterUnavailable {
    reach("facts");
    return world.fake().facts();
  }

  @Override
  public List<RunSeen> overview() throws ClusterUnavailable {
    reach("overview");
    return world.fake().overview();
  }

  @Override
  public Optional<RunSeen> find(RunId run) throws ClusterUnavailable {
    reach("find");
    return world.fake().find(run);
  }

  @Override
  public SubmitOutcome submit(Submission submission) {
    process.before("cluster submit");
    simulation
        .trace()
        .add(process + " submits " + submission.run() + " from " + submission.restorePath());
    simulation.rules().submits(process, submission);
    Optional<SubmitOutcome> answer = send("submit", () -> world.accept(submission));
    process.after("cluster submit");
    return answer.orElseGet(() -> new SubmitOutcome.Unknown("simulated"));
  }

  /** Empty if the answer is lost; then the request may arrive all the same, now or later. */
  private <T> Optional<T> send(String what, Supplier<T> request) {
    Fate fate = world.down() ? Fate.LOST : simulation.faults().fate();
    if (fate != Fate.ARRIVES) {
      simulation.trace().add("the " + what + " of " + process + ": " + fate);
    }
    return switch (fate) {
      case ARRIVES -> Optional.of(request.get());
      case LOST -> Optional.empty();
      case ANSWER_LOST -> {
        T unused = request.get();
        yield Optional.empty();
      }
      case LATE -> {
        world.later(simulation.faults().lateness(), what, request);
        yield Optional.empty();
      }
      case TWICE -> {
        T answer = request.get();
        world.later(simulation.faults().lateness(), what, request);
        yield Optional.of(answer);
      }
    };
  }

  @Override
  public TriggerReply trigger(
      RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask(run, trigger, directory, format, false);
  }

  @Override
  public TriggerReply stop(RunId run, TriggerId trigger, String directory, SavepointFormat format) {
    return ask(run, trigger, directory, format, true);
  }

  private TriggerReply ask(
      RunId run, TriggerId trigger, String directory, SavepointFormat format, boolean stops) {
    process.before("cluster trigger");
    simulation
        .trace()
        .add(process + (stops ? " stops " : " triggers ") + trigger + " of run " + run);
    simulation.rules().triggers(process, run, trigger, directory);
    Optional<TriggerReply> answer =
        send("trigger", () -> world.ask(run, trigger, directory, format, stops));
    process.after("cluster trigger");
    return answer.orElseGet(() -> new TriggerReply.Unknown("simulated"));
  }

  @Override
  public TriggerOutcome outcome(RunId run, TriggerId trigger) {
    process.before("cluster outcome");
    return world.down() || simulation.faults().unanswered()
        ? new TriggerOutcome.Unknown("simulated", false)
        : world.fake().outcome(run, trigger);
  }

  @Override
  public void cancel(RunId run) throws ClusterUnavailable {
    process.before("cluster cancel");
    simulation.trace().add(process + " cancels " + run);
    simulation.rules().cancels(process, run);
    Optional<Boolean> answer = send("cancel", () -> world.cancel(run));
    process.after("cluster cancel");
    if (answer.isEmpty()) {
      throw new ClusterUnavailable("simulated");
    }
  }

  @Override
  public Optional<CheckpointFacts> checkpoints(RunId run) throws ClusterUnavailable {
    reach("checkpoints");
    return world.fake().checkpoints(run);
  }

  @Override
  public Optional<Duration> checkpointTimeout(RunId run) throws ClusterUnavailable {
    reach("checkpoint timeout");
    return world.fake().checkpointTimeout(run);
  }

  @Override
  public Optional<CheckpointRetention> checkpointRetention(RunId run) throws ClusterUnavailable {
    reach("checkpoint retention");
    return world.fake().checkpointRetention(run);
  }

  @Override
  public Optional<String> failureCause(RunId run) throws ClusterUnavailable {
    reach("failure cause");
    return world.fake().failureCause(run);
  }

  @Override
  public Optional<String> savepointDirectory() throws ClusterUnavailable {
    reach("savepoint directory");
    return world.fake().savepointDirectory();
  }
}
