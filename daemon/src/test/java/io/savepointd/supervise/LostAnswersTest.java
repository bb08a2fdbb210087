package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submissions of unknown outcome, runs that others start, and a ledger that is lost. */
class LostAnswersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration A_WHILE = Duration.ofSeconds(10);
  private static final RunId FOREIGN = new RunId("f".repeat(32));

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private void somebodyStarts(RunId run) {
    world.cluster.submit(
        new Submission(run, KeeperWorld.JOB, "1".repeat(64), Optional.empty(), false));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void submitsUnderOneIdWhateverBecameOfTheAnswer(boolean taken) {
    world.cluster.faults().loseAnswerOfNextSubmit(taken);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.runsSubmitted()).isEqualTo(1);
    assertThat(world.history().runs()).hasSize(1);
  }

  @Test
  void findsAfterACrashTheRunThatItHadSubmitted() throws LedgerLost {
    world.ledger().dieAfter(1, false);
    assertThatThrownBy(() -> world.steps(SECOND)).isInstanceOf(LedgerLost.class);
    assertThat(world.cluster.submissions()).hasSize(1);
    world.theDaemonIsStartedAnew();
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.cluster.submissions()).hasSize(1);
  }

  @Test
  void doesNotCallARunNotStartedBecauseItsResendFailed() {
    world.cluster.faults().loseAnswerOfNextSubmit(true);
    world.cluster.stepped(true);
    world.whenTimePasses(Duration.ofMillis(1));
    RunId run = world.runId();
    world.cluster.restart(false);
    world.cluster.faults().findNextJarUnusable("the jar was replaced");
    world.whenTimePasses(A_WHILE);
    assertThat(world.history().run(run).orElseThrow().phase())
        .isInstanceOfSatisfying(
            Run.Phase.Ended.class, e -> assertThat(e.end()).isEqualTo(RunEnd.GONE));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void doesNotResendBesideARunThatSomebodyHasStarted() {
    world.cluster.faults().loseAnswerOfNextSubmit(false);
    world.whenTimePasses(Duration.ofMillis(1));
    somebodyStarts(FOREIGN);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(FOREIGN);
  }

  @Test
  void leavesARunOfItsNameToTheJobThatHasIt() {
    world.givenTheLedgerSays(
        new Event.RunAdopted(
            world.clock.instant(),
            new JobName("another"),
            FOREIGN,
            KeeperWorld.CLUSTER,
            new Origin.Adopted()));
    somebodyStarts(FOREIGN);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("is job another's", "run-name");
    assertThat(world.history().runs()).isEmpty();
  }

  @Test
  void learnsNothingOfARunFromSendingItAgainInVain() {
    world.cluster.faults().loseAnswerOfNextSubmit(false);
    world.whenTimePasses(Duration.ofMillis(1));
    RunId run = world.runId();
    world.cluster.faults().sendNothing(Optional.of("no script"));
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(world.runId()).isEqualTo(run);
    world.cluster.faults().sendNothing(Optional.empty());
    world.whenTimePasses(Duration.ofSeconds(30));
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(run);
  }

  @Test
  void adoptsARunUnderTheJobsName() {
    somebodyStarts(FOREIGN);
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(FOREIGN);
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Adopted());
    assertThat(world.effects.done()).isEmpty();
  }

  @Test
  void adoptsNoneOfSeveral() {
    somebodyStarts(FOREIGN);
    RunId second = new RunId("e".repeat(32));
    somebodyStarts(second);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("cancel all but one");
    world.cluster.kill(second, RunState.CANCELED);
    world.whenTimePasses(SECOND);
    assertThat(world.runId()).isEqualTo(FOREIGN);
  }

  @Test
  void adoptsARunThatItHadGivenUpForGone() {
    somebodyStarts(FOREIGN);
    world.whenTimePasses(SECOND);
    world.cluster.expire(FOREIGN);
    world.whenTimePasses(A_WHILE);
    assertThat(world.history().openRun()).isEmpty();
    somebodyStarts(FOREIGN);
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
    assertThat(world.history().runs()).hasSize(1);
  }

  @Test
  void needsTwoLooksAlsoForAFreshlyAdoptedRun() {
    somebodyStarts(FOREIGN);
    world.whenTimePasses(SECOND);
    world.cluster.expire(FOREIGN);
    world.whenTimePasses(A_WHILE);
    RunId other = new RunId("e".repeat(32));
    somebodyStarts(other);
    world.whenTimePasses(SECOND);
    assertThat(world.runId()).isEqualTo(other);
    world.cluster.expire(other);
    world.whenTimePasses(Duration.ofMillis(1));
    assertThat(world.runId()).isEqualTo(other);
  }

  @Test
  void seesTheWorldAgainAfterTheClockWasSetBack() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.clock.set(world.clock.instant().minus(Duration.ofHours(1)));
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.history().runs()).hasSize(2);
  }

  @Test
  void hasNoEffectOnceTheLedgerIsLost() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    world.store.failNextDeletionAfterRename();
    world.givenSavepoints(1);
    assertThat(world.history().expired()).hasSize(1);
    world.medium.fence();
    List<String> before = world.effects.done();
    for (int i = 0; i < 60; i++) {
      world.clock.advance(SECOND);
      assertThatThrownBy(() -> world.steps(SECOND)).isInstanceOf(LedgerLost.class);
    }
    assertThat(world.effects.done()).isEqualTo(before);
  }
}
