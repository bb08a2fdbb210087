package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.model.Ids;
import io.savepointd.model.RunState;
import io.savepointd.model.Trigger;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.storage.FakeLaunchArchive;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a failed savepoint has left on storage: taken in if it turns out good, else deleted. */
class LateSavepointsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration GRACE = KeeperWorld.SETTINGS.leftoverGrace();

  private final KeeperWorld world = new KeeperWorld();

  @BeforeEach
  void begin() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.completeSavepointsAtOnce(false);
  }

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private Trigger givenOneIsUnderWay() {
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    return world.history().openTriggers().get(0);
  }

  private Trigger givenOneHasFailed() {
    Trigger trigger = givenOneIsUnderWay();
    world.cluster.failSavepoint(trigger.id(), "no");
    world.whenTimePasses(SECOND);
    assertThat(world.history().leftovers()).hasSize(1);
    return trigger;
  }

  private void thenItIsGone(Trigger trigger) {
    assertThat(world.history().leftovers()).isEmpty();
    assertThat(world.store.entries().keySet())
        .noneMatch(path -> path.startsWith(trigger.directory()));
    assertThat(world.retained()).hasSize(1);
  }

  /** Flink goes on writing after our deadline. */
  @Test
  void takesInWhatTheClusterCompletesAfterTheDeadline() {
    Trigger trigger = givenOneIsUnderWay();
    world.whenTimePasses(Duration.ofMinutes(4));
    assertThat(world.history().leftovers()).hasSize(1);
    world.cluster.completeSavepoint(trigger.id());
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(world.history().leftovers()).isEmpty();
    assertThat(world.retained()).hasSize(2);
  }

  @Test
  void leavesAloneWhatTheClusterMayBeWritingEvenAfterTheGrace() {
    Trigger trigger = givenOneIsUnderWay();
    world.store.writeFile(trigger.directory() + "/savepoint-half/state", "x");
    world.whenTimePasses(GRACE.multipliedBy(2));
    assertThat(world.history().leftovers()).hasSize(1);
    assertThat(world.store.entries()).containsKey(trigger.directory() + "/savepoint-half/state");
    world.cluster.failSavepoint(trigger.id(), "at last");
    world.whenTimePasses(Duration.ofMinutes(2));
    thenItIsGone(trigger);
  }

  @Test
  void deletesHalfASavepointAfterTheGraceAndNotBefore() {
    Trigger trigger = givenOneHasFailed();
    world.store.writeFile(trigger.directory() + "/savepoint-half/state", "x");
    world.whenTimePasses(GRACE.minusMinutes(1));
    assertThat(world.store.entries()).containsKey(trigger.directory() + "/savepoint-half/state");
    world.whenTimePasses(Duration.ofMinutes(3));
    thenItIsGone(trigger);
  }

  @Test
  void cleansManyUpAFewAtATime() {
    for (int i = 0; i < 50; i++) {
      world.cluster.faults().failNextSavepoint("no");
      world.whenTheScheduleFires("frequent");
      world.whenTimePasses(SECOND);
    }
    assertThat(world.history().leftovers()).hasSize(50);

    world.whenTimePasses(GRACE.plusMinutes(1));
    assertThat(world.history().leftovers()).hasSizeBetween(1, 49);
    world.whenTimePasses(Duration.ofMinutes(10));
    assertThat(world.history().leftovers()).isEmpty();
  }

  @Test
  void takesInAtTheLastLookWhatIsGoodAfterAll() {
    Trigger trigger = givenOneHasFailed();
    String late = world.store.writeSavepoint(trigger.directory());
    world.whenTimePasses(GRACE.plusMinutes(2));
    assertThat(world.retained().get(0).path()).isEqualTo(late);
    assertThat(world.history().leftovers()).isEmpty();
  }

  @Test
  void decidesNothingWhileTheStorageOrTheClusterCannotTell() {
    Trigger trigger = givenOneHasFailed();
    String late = world.store.writeSavepoint(trigger.directory());
    world.store.unavailable("safe mode");
    world.whenTimePasses(GRACE.plusMinutes(2));
    assertThat(world.history().leftovers()).hasSize(1);
    world.store.available();
    world.cluster.faults().unreachable(true);
    world.whenTimePasses(Duration.ofMinutes(5));
    assertThat(world.history().leftovers()).hasSize(1);
    world.cluster.faults().unreachable(false);
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(world.retained()).anyMatch(s -> s.path().equals(late));
  }

  @Test
  void finishesADeletionThatFailedHalfway() {
    Trigger trigger = givenOneHasFailed();
    world.store.writeFile(trigger.directory() + "/savepoint-half/state", "x");
    world.store.failNextDeletionAfterRename();
    world.whenTimePasses(GRACE.plusSeconds(30));
    world.theDaemonIsStartedAnew();
    world.whenTimePasses(Duration.ofMinutes(2));
    thenItIsGone(trigger);
    assertThat(world.store.entries().keySet()).noneMatch(p -> p.contains("trash/averaging-"));
  }

  @Test
  void takesNothingInThatIsCondemned() {
    Trigger trigger = givenOneHasFailed();
    world.givenTheLedgerSays(
        new Event.LeftoverExpired(world.clock.instant(), KeeperWorld.NAME, trigger.id()));
    world.store.writeSavepoint(trigger.directory());
    world.whenTimePasses(Duration.ofMinutes(2));
    thenItIsGone(trigger);
  }

  @Test
  void deletesWhatARunLeftThatIsGone() {
    Trigger trigger = givenOneIsUnderWay();
    world.store.writeFile(trigger.directory() + "/savepoint-half/state", "x");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(GRACE.plusMinutes(2));
    thenItIsGone(trigger);
  }

  // the search

  private SavepointSearch.Result look(Trigger trigger) {
    return new SavepointSearch(
            new Keeping(
                KeeperWorld.plan(
                    KeeperWorld.JOB, KeeperWorld.SETTINGS, RetentionPolicy.keepEverything()),
                new World(
                    world.cluster,
                    new ClusterWatch(world.cluster, world.clock),
                    world.store,
                    new FakeLaunchArchive(),
                    jar -> "",
                    new Ids(new Random(1)),
                    world.clock),
                world::history))
        .look(trigger);
  }

  @Test
  void findsNothingOrWhatIsUnderWayOrWhatIsGood() {
    Trigger trigger = givenOneIsUnderWay();
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.UnderWay.class);
    world.cluster.completeSavepoint(trigger.id());
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.Found.class);
  }

  @Test
  void findsNothingInADamagedSavepoint() {
    Trigger trigger = givenOneHasFailed();
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.Nothing.class);
    world.store.damage(world.store.writeSavepoint(trigger.directory()));
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.Nothing.class);
  }

  @Test
  void findsWhatIsOnStorageThoughTheClusterIsAway() {
    Trigger trigger = givenOneHasFailed();
    world.store.writeSavepoint(trigger.directory());
    world.cluster.faults().unreachable(true);
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.Found.class);
    world.store.unavailable("safe mode");
    assertThat(look(trigger)).isInstanceOf(SavepointSearch.Unknown.class);
  }

  /** Its run has written others, which belong to other triggers. */
  @Test
  void takesNoOtherTriggersSavepointForThisOnes() {
    Trigger failed = givenOneHasFailed();
    Trigger other = givenOneIsUnderWay();
    world.cluster.completeSavepoint(other.id());
    assertThat(look(failed)).isInstanceOf(SavepointSearch.Nothing.class);
  }
}
