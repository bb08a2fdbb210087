package io.savepointd.simulation;

import io.savepointd.flink.ClusterUnavailable;
import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.flink.Submission;
import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.flink.TriggerReply;
import io.savepointd.model.ClusterName;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One cluster as it really is, and what happens there by itself. */
final class ClusterWorld {
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Simulation simulation;
  private final Dice dice;
  private final FakeFlinkCluster fake;
  private final Map<RunId, Submission> accepted = new HashMap<>();

  /** What was refused once is refused again. */
  private final Map<RunId, SubmitOutcome> refused = new HashMap<>();

  private final CheckpointWorld checkpoints;
  private final Set<RunId> checkpointed = new HashSet<>();
  private final Set<TriggerId> begun = new HashSet<>();
  private int jobManager;
  private boolean down;

  ClusterWorld(Simulation simulation, ClusterName name, Clock clock, Dice dice) {
    this.simulation = simulation;
    this.dice = dice;
    this.fake = new FakeFlinkCluster(name, clock, simulation.storage()::write);
    fake.stepped(true);
    fake.keepsCheckpoints(simulation.scenario().retention());
    this.checkpoints = new CheckpointWorld(simulation, simulation.scenario().retention());
    fake.faults().refuseJar(People.NO_GOOD, "ProgramInvocationException: no place for its state");
  }

  FakeFlinkCluster fake() {
    return fake;
  }

  boolean down() {
    return down;
  }

  void down(boolean now) {
    down = now;
  }

  /** A request that is under way for long; it doesn't outlive the JobManager it was sent to. */
  void later(Duration delay, String what, Supplier<?> request) {
    int sentTo = jobManager;
    simulation
        .timeline()
        .in(
            delay,
            () -> {
              if (sentTo == jobManager) {
                simulation.trace().add("a late " + what + " arrives");
                Object unused = request.get();
              }
            });
  }

  SubmitOutcome accept(Submission submission) {
    submission
        .restorePath()
        .filter(path -> !simulation.storage().good(path))
        .ifPresent(path -> fake.faults().lose(path));
    SubmitOutcome outcome =
        refused.containsKey(submission.run())
            ? refused.get(submission.run())
            : fake.submit(submission);
    simulation.trace().add("cluster " + fake.name() + " has " + submission.run() + ": " + outcome);
    if (outcome instanceof SubmitOutcome.Refused) {
      refused.put(submission.run(), outcome);
    } else if (outcome instanceof SubmitOutcome.Accepted) {
      accepted.put(submission.run(), submission);
      comeUp(submission.run());
    }
    simulation.rules().clusterHasChanged();
    return outcome;
  }

  private void comeUp(RunId run) {
    int started = jobManager;
    Duration starting = takes(300);
    in(starting, started, () -> fake.settle(run));
    in(starting.plus(checkpointing()), started, () -> checkpoint(run));
  }

  private Duration takes(int leastMillis) {
    return dice.duration(Duration.ofMillis(leastMillis), simulation.scenario().slowest());
  }

  private Duration checkpointing() {
    return dice.duration(Duration.ofSeconds(10), Duration.ofMinutes(60));
  }

  private void in(Duration delay, int onlyOn, Runnable what) {
    simulation
        .timeline()
        .in(
            delay,
            () -> {
              if (onlyOn == jobManager) {
                what.run();
              }
            });
  }

  private void checkpoint(RunId run) {
    if (seen(run).filter(RunSeen::allTasksRunning).isPresent()) {
      checkpointed.add(run);
      if (!simulation.scenario().latestState()) {
        fake.completeCheckpoint(run);
        return;
      }
      fake.completeCheckpoint(run, checkpoints.complete(run));
      in(nextCheckpoint(), jobManager, () -> checkpoint(run));
    }
  }

  /** Seldom enough that a day of them costs little to live through. */
  private Duration nextCheckpoint() {
    return dice.duration(Duration.ofHours(1), Duration.ofHours(6));
  }

  CheckpointWorld checkpoints() {
    return checkpoints;
  }

  TriggerReply ask(
      RunId run, TriggerId trigger, String directory, SavepointFormat format, boolean stops) {
    TriggerReply reply =
        stops
            ? fake.stop(run, trigger, directory, format)
            : fake.trigger(run, trigger, directory, format);
    if (underWay(run, trigger)) {
      begin(run, trigger, directory);
    }
    return reply;
  }

  private boolean underWay(RunId run, TriggerId trigger) {
    return fake.outcome(run, trigger) instanceof TriggerOutcome.InProgress;
  }

  private void begin(RunId run, TriggerId trigger, String directory) {
    boolean again = !begun.add(trigger);
    Faults faults = simulation.faults();
    if (!again) {
      simulation.storage().begin(directory);
    }
    Duration takes =
        faults.savepointSlow()
            ? simulation.scenario().savepointTimeout().plus(lateness())
            : takes(150);
    boolean fails = faults.savepointFails();
    boolean half = faults.savepointHalf();
    in(takes, jobManager, () -> finish(run, trigger, fails, half));
  }

  private Duration lateness() {
    return dice.duration(Duration.ofSeconds(5), Duration.ofHours(1));
  }

  private void finish(RunId run, TriggerId trigger, boolean fails, boolean half) {
    if (!underWay(run, trigger)) {
      return;
    }
    if (fails) {
      fake.failSavepoint(trigger, "simulated: declined");
    } else {
      fake.completeSavepoint(trigger);
      checkpoints.sweep();
      spoil(run, trigger, half);
    }
    simulation.trace().add("savepoint " + trigger + ": " + fake.outcome(run, trigger));
    in(REMEMBERED, jobManager, () -> fake.expireOutcome(trigger));
  }

  private void spoil(RunId run, TriggerId trigger, boolean half) {
    if (fake.outcome(run, trigger) instanceof TriggerOutcome.Completed done) {
      if (half) {
        simulation.storage().damage(done.path());
      } else {
        simulation.rules().savepointIsComplete(trigger, done.path());
      }
    }
  }

  boolean cancel(RunId run) {
    try {
      fake.cancel(run);
    } catch (ClusterUnavailable e) {
      throw new IllegalStateException(e);
    }
    in(takes(100), jobManager, () -> settleIf(run, RunState.CANCELLING));
    return true;
  }

  private void settleIf(RunId run, RunState state) {
    if (seen(run).filter(r -> r.state() == state).isPresent()) {
      fake.settle(run);
      checkpoints.sweep();
    }
  }

  // What happens by itself.

  void endARun(RunState how) {
    for (RunSeen run : alive()) {
      simulation.trace().add("run " + run.id() + " is " + how);
      fake.kill(run.id(), how);
      checkpoints.sweep();
      if (how.globallyTerminal()) {
        simulation.timeline().in(Duration.ofHours(1), () -> forget(run.id()));
      } else {
        in(
            dice.duration(Duration.ofSeconds(1), Duration.ofMinutes(2)),
            jobManager,
            () -> settleIf(run.id(), how));
      }
    }
  }

  private void forget(RunId run) {
    if (seen(run).filter(r -> r.state().globallyTerminal()).isPresent()) {
      fake.expire(run);
    }
  }

  /** A JobManager dies, and for a while there is none. */
  void loseJobManager(boolean highlyAvailable, Duration away) {
    simulation.trace().add("the JobManager of " + fake.name() + " dies, HA: " + highlyAvailable);
    down = true;
    jobManager++;
    if (highlyAvailable) {
      fake.failOver();
      simulation.timeline().in(away, () -> alive().forEach(run -> comeUp(run.id())));
    } else {
      fake.restart(false);
    }
    simulation.timeline().in(away, () -> down = false);
  }

  // What is true.

  List<RunSeen> alive() {
    try {
      return fake.overview().stream().filter(r -> !r.state().globallyTerminal()).toList();
    } catch (ClusterUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<RunSeen> seen(RunId run) {
    try {
      return fake.find(run);
    } catch (ClusterUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  boolean alive(RunId run) {
    return seen(run).filter(r -> !r.state().globallyTerminal()).isPresent();
  }

  /** What a run says it was restored from. */
  Optional<String> restoredFrom(RunId run) {
    try {
      return fake.checkpoints(run).flatMap(facts -> facts.restoredFrom());
    } catch (ClusterUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether any run has ever come to life here. */
  boolean everRan() {
    return !accepted.isEmpty();
  }

  /** Whether an alive run would need that savepoint if it failed now. */
  boolean standsOn(String path) {
    return alive().stream()
        .filter(run -> !checkpointed.contains(run.id()))
        .anyMatch(run -> restoredFrom(run.id()).filter(path::equals).isPresent());
  }
}
