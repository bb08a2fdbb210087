package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a savepoint that takes its time. */
class SavepointProgressTest {
  private final KeeperWorld world = new KeeperWorld();

  @BeforeEach
  void begin() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
  }

  @Test
  void saysHowManyTasksHaveWrittenTheirPart() {
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(world.status().detail()).startsWith("savepoint under way");

    world.whenTimePasses(Duration.ofSeconds(39));
    assertThat(world.status().detail()).matches("savepoint 1/2 tasks, (39|40)s");
    assertThat(world.status().state()).isEqualTo(JobStatus.State.RUNNING);
  }

  @Test
  void asksTheClusterNoMoreOftenThanItRenewsItsStatistics() {
    int before = world.watchedCluster.statisticsAsked();
    world.whenTimePasses(Duration.ofSeconds(60));
    assertThat(world.watchedCluster.statisticsAsked() - before).isBetween(15, 41);
  }

  @Test
  void saysNothingOfASavepointThatIsOver() {
    world.whenTimePasses(Duration.ofSeconds(10));
    world.cluster.completeSavepoint(world.history().openTriggers().get(0).id());
    world.whenTimePasses(Duration.ofSeconds(2));

    assertThat(world.status().detail()).isEqualTo("all tasks running");
    assertThat(world.retained().get(0).took().orElseThrow())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
  }
}
