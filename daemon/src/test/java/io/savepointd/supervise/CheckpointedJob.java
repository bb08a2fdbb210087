package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The words of tests about jobs that Flink takes checkpoints of. */
abstract class CheckpointedJob {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration NOTED = Duration.ofSeconds(8);
  static final Duration LONG = Duration.ofMinutes(2);
  static final String ELSEWHERE = "hdfs://other:8020/checkpoints/";

  KeeperWorld world = new KeeperWorld(KeeperWorld.latestState(0));

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  void givenTheJobRuns(CheckpointRetention kept) {
    world.cluster.keepsCheckpoints(kept);
    world.givenTheJobRuns();
  }

  /** A checkpoint of the open run, and time for us to hear of it. */
  String checkpoint(long number) {
    RunId run = world.runId();
    String path = world.store.writeCheckpoint(ELSEWHERE + run, number);
    world.cluster.completeCheckpoint(run, path);
    world.whenTimePasses(NOTED);
    return path;
  }

  Savepoint savepoint(long number) {
    world.givenSavepoints(1);
    Savepoint newest = world.retained().get(0);
    world.store.number(newest.path(), number);
    return newest;
  }

  void whenTheClusterDies() {
    world.cluster.restart(false);
    world.whenTimePasses(LONG);
  }

  void whenTheRunIs(RunState end) {
    world.cluster.kill(world.runId(), end);
    world.whenTimePasses(LONG);
  }

  void thenItWasRestoredFrom(String path) {
    world.thenTheJobRuns();
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Restored(path));
  }

  String heldFor() {
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    return world.status().detail();
  }
}
