package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts that a person asks for. */
class StartByCommandTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Demand.Start LATEST = new Demand.Start(new Demand.From.Latest(), false);
  private static final Demand.Start REPLACE = new Demand.Start(new Demand.From.Latest(), true);
  private static final Demand.Start EMPTY = new Demand.Start(new Demand.From.Nothing(), false);

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private static Demand.Start from(String path, boolean replace) {
    return new Demand.Start(new Demand.From.Path(path), replace);
  }

  private Answer asked(Demand demand) {
    CompletableFuture<Answer> answer = world.asking(demand);
    world.whenTimePasses(SECOND);
    assertThat(answer).isDone();
    return answer.join();
  }

  @Test
  void refusesOnAHealthyRun() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    RunId run = world.runId();
    assertThat(asked(LATEST))
        .isInstanceOfSatisfying(
            Answer.Refused.class, a -> assertThat(a.message()).contains("--replace"));
    assertThat(world.runId()).isEqualTo(run);
    assertThat(world.effects.done()).noneMatch(e -> e.startsWith("cancel"));
  }

  @Test
  void aStartOfAStoppedJobThatSomebodyHasStartedTakesThatRunOver() {
    world.givenTheJobRuns();
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(SECOND.multipliedBy(10));
    world.cluster.submit(Foreign.submission());
    RunId theirs = Foreign.submission().run();

    assertThat(asked(new Demand.Start(new Demand.From.Usual(), false)))
        .isEqualTo(new Answer.Done("run " + theirs + " was there already and is taken over"));
    assertThat(world.runId()).isEqualTo(theirs);
  }

  @Test
  void replacesAHealthyRunByOneFromTheNewestSavepoint() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    assertThat(asked(REPLACE)).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
    assertThat(world.history().runs()).hasSize(2);
  }

  @Test
  void replacesItByOneFromANamedSavepoint() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    assertThat(asked(from(older.path(), true))).isInstanceOf(Answer.Done.class);
    world.thenTheLastRunWasRestoredFrom(older);
  }

  @Test
  void cancelsNothingForASavepointThatIsNoGood() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    RunId run = world.runId();
    Savepoint older = world.retained().get(1);
    world.store.damage(older.path());
    assertThat(asked(from(older.path(), true))).isInstanceOf(Answer.Failed.class);
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(run);
  }

  @Test
  void cancelsNothingWhenThereIsNothingToRestoreFrom() {
    world.givenTheJobRuns();
    RunId run = world.runId();
    assertThat(asked(REPLACE))
        .isInstanceOfSatisfying(
            Answer.Refused.class, a -> assertThat(a.message()).contains("--empty"));
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(run);
  }

  @Test
  void cancelsNothingWhileTheStorageCannotBeAsked() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.store.unavailable("safe mode");
    assertThat(asked(REPLACE)).isInstanceOf(Answer.Unreachable.class);
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
    assertThat(world.history().runs()).hasSize(1);
  }

  @Test
  void replacesARunThatNeverGetsGoing() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    world.cluster.stepped(true);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STARTING);
    world.cluster.stepped(false);
    Savepoint older = world.retained().get(1);
    assertThat(asked(from(older.path(), true))).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(older);
  }

  @Test
  void refusesBesideARunThatIsStartingByItself() {
    world.cluster.stepped(true);
    world.whenTimePasses(SECOND);
    assertThat(asked(EMPTY)).isInstanceOf(Answer.Refused.class);
    assertThat(world.history().runs()).hasSize(1);
  }

  @Test
  void startsEmptyWhereOnlyAPersonMay() {
    world.givenTheJobRuns();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(asked(EMPTY)).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Empty());
  }

  @Test
  void submitsOnceForOneCommandThatTheClusterRefuses() {
    world.givenTheJobRuns();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);
    world.cluster.faults().refuseNextSubmit("no such class");
    assertThat(asked(EMPTY))
        .isInstanceOfSatisfying(
            Answer.Failed.class, a -> assertThat(a.message()).contains("no such class"));
    assertThat(world.cluster.submissions()).hasSize(2);
    assertThat(world.lastRun().phase()).isInstanceOf(Run.Phase.NotStarted.class);
  }

  @Test
  void doesNotTakeAnotherRunForTheOneAskedFor() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint newest = world.retained().get(0);
    Savepoint older = world.retained().get(1);
    world.cluster.faults().loseAnswerOfNextSubmit(false);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);
    CompletableFuture<Answer> answer = world.asking(from(older.path(), false));
    world.whenTimePasses(Duration.ofSeconds(20));
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(newest);
    assertThat(answer.join()).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void neverRestoresByItselfFromAPathThatAPersonNamed() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    world.cluster.faults().unreachable(true);
    Answer answer = asked(from(older.path(), true));
    assertThat(answer).isInstanceOf(Answer.Unreachable.class);
    world.cluster.faults().unreachable(false);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(2));
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  @Test
  void answersSomedayForARunThatDoesNotGetGoing() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    CompletableFuture<Answer> answer = world.asking(REPLACE);
    world.cluster.stepped(true);
    world.whenTimePasses(SECOND);
    world.cluster.settle();
    world.whenTimePasses(SECOND);
    assertThat(answer).isNotDone();
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(answer.join())
        .isInstanceOfSatisfying(
            Answer.Failed.class, a -> assertThat(a.message()).contains("goes on"));
    world.cluster.settle();
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
  }

  @Test
  void answersSomedayForARunThatCannotBeCancelled() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.stepped(true);
    CompletableFuture<Answer> answer = world.asking(REPLACE);
    world.whenTimePasses(Duration.ofMinutes(2).plus(SECOND));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void keepsACondemnedSavepointThatAPersonHasRestoredFrom() throws StorageUnavailable {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint oldest = world.retained().get(1);
    world.ledger().dieAfter(2, true);
    assertThatThrownBy(() -> world.givenSavepoints(1)).hasCauseInstanceOf(LedgerLost.class);
    world.theDaemonIsStartedAnew();
    assertThat(world.history().expired()).extracting(Savepoint::id).containsExactly(oldest.id());
    assertThat(asked(from(oldest.path(), true))).isInstanceOf(Answer.Done.class);
    world.thenTheLastRunWasRestoredFrom(oldest);
    world.whenTimePasses(SECOND);
    assertThat(world.store.verify(oldest.path())).isInstanceOf(Verification.Good.class);
    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));
    world.thenNothingIsLeftOpen();
  }
}
