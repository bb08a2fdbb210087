package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that a new leader doesn't show is left to Flink for a while. */
class FailoverTest {
  private static final Duration FAILOVER = Duration.ofMinutes(2);

  private final KeeperWorld world = new KeeperWorld(KeeperWorld.SETTINGS.withFailover(FAILOVER));
  private RunId run;

  @BeforeEach
  void givenARunWithASavepoint() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    run = world.runId();
  }

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  @Test
  void isGivenUpWhenItsTimeIsOverAndRestored() {
    world.cluster.restart(false);
    world.whenTimePasses(FAILOVER.minusSeconds(5));
    assertThat(world.runId()).isEqualTo(run);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.status().detail()).contains("Flink may bring it back by itself");

    world.whenTimePasses(Duration.ofSeconds(20));

    world.thenTheJobRuns();
    assertThat(world.history().run(run).orElseThrow().phase())
        .isInstanceOfSatisfying(
            Run.Phase.Ended.class, ended -> assertThat(ended.end()).isEqualTo(RunEnd.GONE));
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  /** Each time that the cluster is away its JobManager may have become another one. */
  @Test
  void hasItsWholeTimeFromTheLastOutageOn() {
    world.cluster.restart(false);
    world.whenTimePasses(FAILOVER.minusSeconds(5));
    world.cluster.faults().unreachable(true);
    world.whenTimePasses(FAILOVER);
    world.cluster.faults().unreachable(false);
    world.whenTimePasses(FAILOVER.minusSeconds(5));
    assertThat(world.runId()).isEqualTo(run);

    world.whenTimePasses(Duration.ofSeconds(20));

    world.thenTheJobRuns();
    assertThat(world.runsSubmitted()).isEqualTo(2);
  }

  @Test
  void isTakenUpAgainWhenFlinkBringsItBack() {
    world.cluster.failOver();
    world.whenTimePasses(FAILOVER.multipliedBy(2));

    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(run);
    world.givenSavepoints(1);
    assertThat(world.retained()).hasSize(2);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }
}
