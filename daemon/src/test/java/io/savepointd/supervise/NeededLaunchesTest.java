package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeededLaunchesTest {
  private static final String OLD = "0".repeat(64);
  private static final String NEW = "a".repeat(64);

  private final KeeperWorld world = new KeeperWorld();

  private NeededLaunches needed() {
    return NeededLaunches.of(List.of(world.history()));
  }

  @Test
  void needsWhatRunsAndWhatAnUpgradeMayGoBackToAndWhatMadeASavepointThatIsKept() {
    world.givenTheJobRuns();
    assertThat(needed().jarDigests()).containsExactly(OLD);

    world.givenTheJarIs('a');
    world.whenAsked(new Demand.Upgrade(false));
    assertThat(needed().jarDigests()).containsExactlyInAnyOrder(OLD, NEW);
    assertThat(needed().launches()).hasSize(2);

    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(world.history().orders().upgrade()).isEmpty();
    assertThat(needed().jarDigests()).as("the stop's savepoint").contains(OLD, NEW);

    world.cluster.completeCheckpoint(world.runId());
    world.givenSavepoints(3);
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(world.retained()).allMatch(s -> s.takenFrom(world.runId()));
    assertThat(needed().jarDigests()).containsExactly(NEW);
  }
}
