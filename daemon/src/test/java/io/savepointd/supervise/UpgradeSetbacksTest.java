package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may come between an upgrade and its end. */
class UpgradeSetbacksTest {
  private static final String OLD = "0".repeat(64);
  private static final String NEW = "a".repeat(64);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final KeeperWorld world = new KeeperWorld();

  @BeforeEach
  void givenTheJobRunsAndAnotherJarLiesThere() {
    world.givenTheJobRuns();
    world.givenTheJarIs('a');
  }

  private CompletableFuture<Answer> upgrading() {
    return world.asking(new Demand.Upgrade(false));
  }

  private Savepoint leftByTheStop() {
    return world.history().savepoints().stream()
        .filter(s -> s.occasion() instanceof Occasion.Stopping)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void thenTheJobRunsBy(String jarDigest) {
    world.thenTheJobRuns();
    assertThat(world.lastRun().launch().map(Launch::jarDigest)).contains(jarDigest);
    world.thenNoRuleWasBroken();
  }

  @Test
  void goesBackFromTheSavepointOfTheStopThoughThereIsANewerOne() {
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    String path = world.store.writeSavepoint("hdfs://fake:9000/by-hand");
    Verification.Good good = new Verification.Good(7, 2, List.of(), 9);
    world.whenAsked(new Demand.Adopt(path, world.clock.instant(), SavepointFormat.CANONICAL, good));
    assertThat(world.retained().get(0).path()).isEqualTo(path);

    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);

    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void keepsTheSavepointOfTheStopBeforeAnyRunStandsOnIt() {
    Run before = world.lastRun();
    assertThat(upgrading()).isNotDone();
    world.launches.unavailable("safe mode");
    world.whenTimePasses(A_WHILE);
    Savepoint stopped = leftByTheStop();
    for (int i = 1; i <= 3; i++) {
      givenASavepointOf(before, new TriggerId(String.valueOf(i).repeat(32)));
    }

    world.whenAsked(new Demand.Prune());
    world.whenTimePasses(A_WHILE);

    assertThat(world.history().openRun()).isEmpty();
    assertThat(world.retained()).hasSize(3).last().isEqualTo(stopped);
  }

  private void givenASavepointOf(Run run, TriggerId trigger) {
    String directory = world.store.directoryOf(KeeperWorld.NAME, trigger);
    world.givenTheLedgerSays(
        new Event.SavepointIntended(
            world.clock.instant(),
            KeeperWorld.NAME,
            run.id(),
            trigger,
            directory,
            SavepointFormat.CANONICAL,
            new Occasion.Scheduled("frequent")));
    world.givenTheLedgerSays(
        new Event.SavepointRetained(
            world.clock.instant(),
            KeeperWorld.NAME,
            trigger,
            world.store.writeSavepoint(directory),
            7,
            2,
            List.of()));
    world.whenTimePasses(Duration.ofMillis(10));
  }

  @Test
  void takesNoCheckpointForProofWhereStateWasDropped() {
    CompletableFuture<Answer> answer = world.asking(new Demand.Upgrade(true));
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTimePasses(Duration.ofSeconds(1));
    world.cluster.completeSavepoints();
    world.whenTimePasses(A_WHILE);
    assertThat(world.lastRun().dropState()).isTrue();

    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(answer).isNotDone();
    world.cluster.completeSavepoints();
    world.whenTimePasses(A_WHILE);

    assertThat(answer).isCompletedWithValueMatching(Answer.Done.class::isInstance);
    assertThat(world.retained().get(0).takenFrom(world.runId())).isTrue();
    thenTheJobRunsBy(NEW);
  }

  @Test
  void goesBackWhereStateWasDroppedAndNoSavepointCanBeTaken() {
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.asking(new Demand.Upgrade(true));
    world.whenTimePasses(Duration.ofSeconds(1));
    world.cluster.completeSavepoints();
    world.whenTimePasses(A_WHILE);
    world.cluster.completeCheckpoint(world.runId());

    world.whenTimePasses(Duration.ofMinutes(6));

    assertThat(answer.join().message()).contains("has left no savepoint after 5m", "undone");
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void goesOnOnceAnOutageOfTheStorageIsOverHoweverLongItWas() {
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(Duration.ofSeconds(1));
    world.store.unavailable("safe mode");
    world.cluster.completeSavepoints();
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.history().orders().upgrade()).isPresent();

    world.store.available();
    world.cluster.completeSavepointsAtOnce(true);
    world.whenTimePasses(Duration.ofSeconds(40));

    assertThat(answer).isDone();
    assertThat(world.history().orders().lastUpgrade().orElseThrow().applied()).isTrue();
    thenTheJobRunsBy(NEW);
  }

  @Test
  void goesBackWhenWhatItIsToStartIsLost() {
    CompletableFuture<Answer> answer = upgrading();
    world.launches.loseJar(NEW);
    world.givenTheJarIs('c');

    world.whenTimePasses(Duration.ofSeconds(5));

    assertThat(answer.join().message()).contains("can't be had", "undone");
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void goesBackWhenFlinkHasStartedItFromSomethingElse() {
    CompletableFuture<Answer> answer = upgrading();
    world.cluster.faults().restoreNextFrom(Optional.of("hdfs://fake:9000/elsewhere"));

    world.whenTimePasses(Duration.ofSeconds(5));

    assertThat(answer.join().message()).contains("hdfs://fake:9000/elsewhere", "undone");
    assertThat(world.history().orders().hold()).isEmpty();
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void isRefusedWhileTheJobIsHeld() {
    world.givenTheLedgerSays(
        new Event.JobHeld(world.clock.instant(), KeeperWorld.NAME, "died 3 times"));

    assertThat(upgrading().join())
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            a -> assertThat(a.message()).contains("died 3 times", "savepointd release averaging"));
  }

  @Test
  void aStopMeanwhileTakesWhatTheUpgradesOwnStopLeaves() {
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(world.history().openTriggers()).hasSize(1);

    CompletableFuture<Answer> stopped = world.asking(new Demand.Stop());
    world.cluster.completeSavepoints();
    world.whenTimePasses(A_WHILE);

    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(stopped.join()).isInstanceOf(Answer.Done.class);
    assertThat(stopped.join().message()).contains(leftByTheStop().path());
    assertThat(world.cluster.triggers()).hasSize(1);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPED);
  }

  @Test
  void whatWasLiftedBeforeARunSaysNothingOfLaterStartsThoughTheClockIsSetBack() {
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(NEW);
    world.givenSavepoints(1);
    world.givenTheJarIs('b');
    world.clock.set(KeeperWorld.START.minusSeconds(3600));

    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofHours(2));

    thenTheJobRunsBy(NEW);
  }
}
