package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Occasion;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stop by command: it stands on the ledger until it is done, given up or lifted. */
class StopTest {
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration A_WHILE = Duration.ofMinutes(5);
  private static final String NOT_READY = "Not all required tasks are currently running.";

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private void thenItIsStopped() {
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state())
        .as(world.status().detail())
        .isEqualTo(JobStatus.State.STOPPED);
    assertThat(world.status().detail()).contains("savepointd start averaging");
    assertThat(world.alive()).isEmpty();
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  private void thenItGoesOn() {
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.runsSubmitted()).isEqualTo(1);
    assertThat(world.history().orders().stopWanted()).isEmpty();
  }

  private long stopsAsked() {
    return world.effects.done().stream().filter(e -> e.startsWith("stop")).distinct().count();
  }

  @Test
  void stopsWithASavepointAndStaysStopped() {
    world.givenTheJobRuns();
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    Savepoint left = world.retained().get(0);
    assertThat(left.occasion()).isEqualTo(new Occasion.Stopping());
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(answer.join().message()).contains(left.id().value()).contains(left.path());
    thenItIsStopped();
    world.thenNothingIsLeftOpen();
  }

  /** Refused, it would leave a job that ends a moment later and isn't wanted stopped any more. */
  @Test
  void isWaitedForByAStartThatIsAskedForMeanwhile() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(MOMENT);
    CompletableFuture<Answer> start =
        world.asking(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(SECOND);
    assertThat(start).isNotDone();
    world.cluster.completeSavepoints();
    world.whenTimePasses(SECOND.multipliedBy(10));
    assertThat(start.join()).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  @Test
  void standsWhenTheDaemonDiesInTheMiddle() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(MOMENT);
    world.theDaemonIsStartedAnew();
    world.cluster.completeSavepoints();
    thenItIsStopped();
    assertThat(stopsAsked()).isEqualTo(1);
  }

  @Test
  void standsWhenTheDaemonDiesRightAfterItWasAsked() {
    world.givenTheJobRuns();
    world.whenAsked(new Demand.Stop());
    world.theDaemonIsStartedAnew();
    thenItIsStopped();
    assertThat(world.retained()).hasSize(1);
  }

  /** Asked again after a restart, the savepoint is older than the demand. */
  @Test
  void tellsWhoAsksAgainOfTheSavepointThatTheStopHasLeft() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(MOMENT);
    world.theDaemonIsStartedAnew();
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.cluster.completeSavepoints();
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(answer.join().message()).contains(world.retained().get(0).path());
  }

  @Test
  void standsWhileTheClusterIsAway() {
    world.givenTheJobRuns();
    world.cluster.faults().unreachable(true);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Unreachable.class);
    assertThat(answer.join().message()).contains("the stop stands");
    world.cluster.faults().unreachable(false);
    thenItIsStopped();
  }

  @Test
  void asksOnceForALostAnswerThatHadBeenAccepted() {
    world.givenTheJobRuns();
    world.cluster.faults().loseAnswerOfNextTrigger(true);
    world.whenAsked(new Demand.Stop());
    thenItIsStopped();
    assertThat(stopsAsked()).isEqualTo(1);
  }

  @Test
  void asksAgainUnderTheSameIdForALostRequest() {
    world.givenTheJobRuns();
    world.cluster.faults().loseAnswerOfNextTrigger(false);
    world.whenAsked(new Demand.Stop());
    thenItIsStopped();
    assertThat(stopsAsked()).isEqualTo(1);
    assertThat(world.retained()).hasSize(1);
  }

  @Test
  void isGivenUpAndItsSavepointKeptWhenTheRunGoesOn() {
    world.givenTheJobRuns();
    world.cluster.faults().failNextStopAfterSavepoint();
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).contains("given up");
    assertThat(world.retained()).hasSize(1);
    thenItGoesOn();
  }

  @Test
  void saysSoWhenTheRunFailsAfterItsSavepoint() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    world.cluster.faults().failNextStopAfterSavepoint();
    world.cluster.completeSavepoint(world.history().openTriggers().get(0).id());
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);

    assertThat(world.retained()).hasSize(1);
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(answer.join().message())
        .contains(world.retained().get(0).path(), "failed as it ended", "fake: killed");
    thenItIsStopped();
  }

  @Test
  void isGivenUpWhenItsSavepointFails() {
    world.givenTheJobRuns();
    world.cluster.faults().failNextSavepoint("the disk is full");
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    thenItGoesOn();
  }

  @Test
  void isTriedAgainWhileTheTasksAreNotReady() {
    world.givenTheJobRuns();
    world.cluster.faults().failNextSavepoint(NOT_READY);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(Duration.ofSeconds(3));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(stopsAsked()).isEqualTo(2);
    thenItIsStopped();
  }

  @Test
  void isGivenUpWhenTheTasksAreNotReadyThreeTimes() {
    world.givenTheJobRuns();
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    for (int i = 0; i < 3; i++) {
      world.cluster.faults().failNextSavepoint(NOT_READY);
      world.whenTimePasses(Duration.ofMillis(900));
    }
    assertThat(stopsAsked()).isEqualTo(3);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    thenItGoesOn();
  }

  @Test
  void waitsForASavepointThatIsBeingWritten() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(MOMENT);
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(stopsAsked()).isZero();
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPING);
    world.cluster.completeSavepointsAtOnce(true);
    world.cluster.completeSavepoints();
    thenItIsStopped();
    assertThat(world.retained()).hasSize(2);
  }

  @Test
  void waitsUntilAllTasksRunButKeepsNobodyWaitingForEver() {
    world.cluster.stepped(true);
    world.whenTimePasses(SECOND);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPING);
    world.whenTimePasses(Duration.ofMinutes(4));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).startsWith("not stopped in time").contains("stands");
    world.cluster.stepped(false);
    world.cluster.settle();
    thenItIsStopped();
  }

  @Test
  void saysSoWhenTheRunDiesBeforeItsSavepoint() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(MOMENT);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message())
        .contains("without a good savepoint")
        .contains(world.retained().get(0).path());
    thenItIsStopped();
  }

  @Test
  void keepsAJobDownThatWasDown() {
    world.cluster.stepped(true);
    world.cluster.faults().refuseNextSubmit("no");
    world.whenTimePasses(MOMENT);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.cluster.stepped(false);
    world.cluster.settle();
    world.whenTimePasses(A_WHILE);
    assertThat(answer).isCompleted();
    assertThat(world.alive()).isEmpty();
    CompletableFuture<Answer> again = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(again.join()).isInstanceOf(Answer.Done.class);
  }

  @Test
  void leavesARunAloneThatSomebodyHasStartedMeanwhile() {
    world.givenTheJobRuns();
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(SECOND);
    world.cluster.submit(Foreign.submission());
    world.whenTimePasses(SECOND);
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(SECOND);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPED);
    assertThat(world.status().detail()).contains("somebody else's");
    assertThat(answer).isCompleted();
    assertThat(world.alive()).hasSize(1);
  }

  @Test
  void isLiftedByAStartFromWhatItHasLeft() {
    world.givenTheJobRuns();
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    CompletableFuture<Answer> answer =
        world.asking(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  @Test
  void answersItsAskerWhenAStartIsAskedForMeanwhile() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> stop = world.asking(new Demand.Stop());
    world.whenTimePasses(MOMENT);
    CompletableFuture<Answer> start =
        world.asking(new Demand.Start(new Demand.From.Usual(), false));
    assertThat(stop.join()).isEqualTo(new Answer.Refused("a start was asked for meanwhile"));
    world.whenTimePasses(SECOND);
    assertThat(start).isNotDone();
  }

  @Test
  void answersEverybodyWhoAsks() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> first = world.asking(new Demand.Stop());
    CompletableFuture<Answer> second = world.asking(new Demand.Stop());
    assertThat(first.join()).isInstanceOf(Answer.Refused.class);
    world.whenTheLaneEnds();
    assertThat(second.join()).isInstanceOf(Answer.Failed.class);
    assertThat(second.join().message()).contains("the stop stands");
  }
}
