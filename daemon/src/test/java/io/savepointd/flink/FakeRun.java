package io.savepointd.flink;

import io.savepointd.model.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run in a {@link FakeFlinkCluster}'s memory; confined by the cluster's lock. */
final class FakeRun {
  final Submission submission;
  final Instant startedAt;
  RunState state = RunState.CREATED;
  int tasksRunning;
  int tasks;
  boolean checkpointed;

  /** Also of what the statistics have forgotten. */
  boolean everCheckpointed;

  Optional<String> completed = Optional.empty();
  Optional<String> restoredFrom;
  final List<String> savepoints = new ArrayList<>();
  Optional<String> failure = Optional.empty();

  FakeRun(Submission submission, Optional<String> restoredFrom, Instant startedAt) {
    this.submission = submission;
    this.restoredFrom = restoredFrom;
    this.startedAt = startedAt;
  }

  boolean alive() {
    return !state.globallyTerminal();
  }

  void end(RunState end) {
    state = end;
    tasksRunning = 0;
  }

  /** Goes on to where a run in this state goes by itself. */
  void settle(int allTasks) {
    if (state == RunState.CANCELLING) {
      end(RunState.CANCELED);
    } else if (state == RunState.FAILING) {
      end(RunState.FAILED);
    } else if (alive()) {
      state = RunState.RUNNING;
      tasks = allTasks;
      tasksRunning = allTasks;
    }
  }

  /** Is brought back by another JobManager from a checkpoint in the HA store. */
  void recover() {
    state = RunState.INITIALIZING;
    tasks = 0;
    tasksRunning = 0;
    checkpointed = false;
    completed = Optional.empty();
    savepoints.clear();
    restoredFrom = Optional.of("ha:/checkpoints/" + submission.run() + "/chk-1");
  }

  RunSeen seen() {
    String name =
        submission
            .job()
            .flinkConfiguration()
            .getOrDefault("pipeline.name", submission.job().runName());
    return new RunSeen(submission.run(), name, state, startedAt, tasksRunning, tasks);
  }

  CheckpointFacts checkpoints(boolean savepointUnderWay) {
    Optional<CheckpointFacts.Written> written =
        savepointUnderWay
            ? Optional.of(new CheckpointFacts.Written(tasks / 2, tasks))
            : Optional.empty();
    return new CheckpointFacts(
        checkpointed, completed, restoredFrom, savepoints, savepointUnderWay, written);
  }
}
