package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A keeper whose job is upgraded, and brought back as it was running. */
class UpgradeTest {
  private static final String OLD = "0".repeat(64);
  private static final String NEW = "a".repeat(64);
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final KeeperWorld world = new KeeperWorld();

  @BeforeEach
  void givenTheJobRuns() {
    world.givenTheJobRuns();
  }

  private CompletableFuture<Answer> upgrading() {
    return world.asking(new Demand.Upgrade(false));
  }

  private Submission lastSubmission() {
    List<Submission> all = world.cluster.submissions();
    return all.get(all.size() - 1);
  }

  private Savepoint leftByTheStop() {
    return world.history().savepoints().stream()
        .filter(s -> s.occasion() instanceof Occasion.Stopping)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void thenTheJobRunsBy(String jarDigest) {
    world.thenTheJobRuns();
    assertThat(lastSubmission().jarDigest()).isEqualTo(jarDigest);
    assertThat(world.lastRun().launch().map(Launch::jarDigest)).contains(jarDigest);
    world.thenNoRuleWasBroken();
  }

  @Test
  void goesOnWithTheNewJarOnceItHasCompletedACheckpoint() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(NEW);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
    assertThat(answer).isNotDone();
    assertThat(world.status().detail()).contains("an upgrade is under way");
    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));
    assertThat(answer).isCompletedWithValueMatching(Answer.Done.class::isInstance);
    assertThat(answer.join().message()).contains("jar 000000000000 -> aaaaaaaaaaaa");
    assertThat(world.history().orders().upgrade()).isEmpty();
    assertThat(world.status().detail()).isEqualTo("all tasks running");
  }

  @Test
  void takesASavepointForProofWhereTheJobCompletesNoCheckpoints() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(answer).isCompletedWithValueMatching(Answer.Done.class::isInstance);
    thenTheJobRunsBy(NEW);
    assertThat(world.retained().get(0).takenFrom(world.runId())).isTrue();
  }

  @Test
  void goesBackWhenTheClusterRefusesTheNewProgram() {
    world.givenTheJarIs('a');
    world.cluster.faults().refuseNextSubmit("Cannot map checkpoint/savepoint state for operator x");
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    assertThat(answer).isCompletedWithValueMatching(Answer.Failed.class::isInstance);
    assertThat(answer.join().message()).contains("Cannot map", "undone", leftByTheStop().path());
    thenTheJobRunsBy(OLD);
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Restored(leftByTheStop().path()));
    assertThat(lastSubmission().job().jar()).hasToString("/fetched/" + OLD + ".jar");
    assertThat(world.status().detail()).contains("savepointd upgrade averaging", "Cannot map");
  }

  @Test
  void goesBackWhenTheNewProgramDiesBeforeItsFirstCheckpoint() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).contains("fake: killed", "undone");
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void cancelsATryThatProvesNothingInTimeAndGoesBack() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(Duration.ofSeconds(1));
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTimePasses(Duration.ofMinutes(6));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).contains("has completed no checkpoint after 5m", "undone");
    thenTheJobRunsBy(OLD);
    world.thenTheLastRunWasRestoredFrom(leftByTheStop());
  }

  @Test
  void changesNothingWhenTheStopFails() {
    world.givenTheJarIs('a');
    world.cluster.faults().failNextSavepoint("disk full");
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).contains("nothing has changed", "disk full");
    thenTheJobRunsBy(OLD);
    assertThat(world.history().runs()).hasSize(1);
  }

  @Test
  void bringsTheJobBackAsItWasWhenTheRunDiesInItsStop() {
    world.givenTheJarIs('a');
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(Duration.ofSeconds(1));
    world.givenTheLedgerSays(
        new Event.SavepointFailed(
            world.clock.instant(),
            KeeperWorld.NAME,
            world.history().openTriggers().get(0).id(),
            "lost"));
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join().message()).contains("nothing has changed", "without a good savepoint");
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD); // it never had a savepoint
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void saysSoWhenThereIsNothingToChange() {
    CompletableFuture<Answer> answer = upgrading();
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(answer.join().message()).contains("nothing to change");
  }

  @Test
  void refusesWhereNothingRuns() {
    world.givenTheJarIs('a');
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    assertThat(upgrading().join()).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void refusesWhereThereIsNoWayBack() {
    world.givenTheJarIs('a');
    world.launches.loseJar(OLD);
    assertThat(upgrading().join().message()).contains("no way back");
    world.whenTimePasses(A_WHILE);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void restartsWhatWasRunningAndNotAHalfEditedConfiguration() {
    world.givenSavepoints(1);
    world.givenTheJarIs('a');
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(world.status().detail())
        .contains("the configuration differs from what runs (jar 000000000000 -> aaaaaaaaaaaa)");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(OLD);
    world.theDaemonIsStartedAnew();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(15));
    thenTheJobRunsBy(OLD);
  }

  @Test
  void startsAsConfiguredAfterAStop() {
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.givenTheJarIs('a');
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(NEW);
  }

  @Test
  void restoresLatestWithWhatWasRunning() {
    world.givenSavepoints(1);
    world.givenTheJarIs('a');
    world.whenAsked(new Demand.Start(new Demand.From.Latest(), true));
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(OLD);
  }

  @Test
  void restoresLatestWithWhatWasRunningAlsoAfterAStop() {
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.givenTheJarIs('a');
    world.whenAsked(new Demand.Start(new Demand.From.Latest(), false));
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(OLD);
  }

  @Test
  void takesTheConfigurationWhereWhatItSaidHasNeverComeUp() {
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.givenTheJarIs('b');
    world.cluster.faults().refuseJar("b".repeat(64), "no such class");
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(A_WHILE);
    world.givenTheJarIs('a');
    world.whenTimePasses(Duration.ofMinutes(1));
    thenTheJobRunsBy(NEW);
  }

  @Test
  void allowsStateToBeDroppedForThatOneStartAlone() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = world.asking(new Demand.Upgrade(true));
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(lastSubmission().allowNonRestoredState()).isTrue();
    assertThat(world.lastRun().dropState()).isTrue();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(15));
    thenTheJobRunsBy(NEW);
    assertThat(lastSubmission().allowNonRestoredState()).isFalse();
    assertThat(world.lastRun().dropState()).isFalse();
  }

  @Test
  void endsWithAStopThatSomebodyAsksForMeanwhile() {
    world.givenTheJarIs('a');
    CompletableFuture<Answer> answer = upgrading();
    world.whenTimePasses(A_WHILE);
    assertThat(world.asking(new Demand.Start(new Demand.From.Latest(), true)).join())
        .isInstanceOf(Answer.Refused.class);
    CompletableFuture<Answer> stopped = world.asking(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join().message()).contains("a stop was asked for meanwhile");
    assertThat(stopped.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPED);
  }

  @Test
  void waitsWhileTheStorageHoldsBackWhatWasRunning() {
    world.givenSavepoints(1);
    world.givenTheJarIs('a');
    world.launches.unavailable("safe mode");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    world.launches.available();
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(OLD);
  }

  @Test
  void holdsTheJobWhereWhatWasRunningIsLost() {
    world.givenSavepoints(1);
    world.givenTheJarIs('a');
    world.launches.loseJar(OLD);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("savepointd start averaging");
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(A_WHILE);
    thenTheJobRunsBy(NEW);
    assertThat(world.lastRun().phase()).isInstanceOf(Run.Phase.Started.class);
  }
}
