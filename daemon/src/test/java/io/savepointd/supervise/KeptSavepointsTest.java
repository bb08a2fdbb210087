package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import io.savepointd.retention.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Savepoints from their trigger to their deletion. */
class KeptSavepointsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private TriggerId pending() {
    return world.history().openTriggers().get(0).id();
  }

  @Test
  void retainsWhatASchedulesSavepointProvedToBe() {
    world.givenTheJobRuns();
    CompletableFuture<Answer> answer = world.firing("frequent");
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.retained()).hasSize(1);
    world.thenNothingIsLeftOpen();
  }

  @Test
  void prunesTheOldestAndOnlyThose() {
    world.givenTheJobRuns();
    world.givenSavepoints(5);
    assertThat(world.retained()).hasSize(2);
    assertThat(world.history().savepoints()).hasSize(5);
    assertThat(world.effects.done().stream().filter(e -> e.startsWith("delete"))).hasSize(3);
    world.thenNothingIsLeftOpen();
  }

  @Test
  void triesADeletionAgainThatFailedHalfway() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    world.store.failNextDeletionAfterRename();
    world.givenSavepoints(1);
    assertThat(world.history().expired()).hasSize(1);
    world.whenTimePasses(Duration.ofSeconds(40));
    world.thenNothingIsLeftOpen();
  }

  @Test
  void deletesNothingOnceAnotherHasTakenTheLedgerUnnoticed() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    world.store.failNextDeletionAfterRename();
    world.givenSavepoints(1);
    assertThat(world.history().expired()).isNotEmpty();
    int deletions = deletions();
    world.ledger().takenUnnoticed();

    assertThatThrownBy(() -> world.steps(Duration.ofMinutes(1))).isInstanceOf(LedgerLost.class);

    assertThat(deletions()).isEqualTo(deletions);
  }

  private int deletions() {
    return (int) world.effects.done().stream().filter(e -> e.startsWith("delete")).count();
  }

  @Test
  void knowsTheNewestThoughTheClockWasSetBack() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Set<SavepointId> before =
        world.retained().stream().map(Savepoint::id).collect(Collectors.toSet());
    world.clock.set(world.clock.instant().minus(Duration.ofHours(1)));
    world.givenSavepoints(1);

    assertThat(world.retained()).hasSize(2);
    assertThat(before).doesNotContain(world.retained().get(0).id());
    assertThat(before).contains(world.retained().get(1).id());
  }

  @Test
  void keepsWhatARunStandsOnUntilItHasACheckpointOfItsOwn() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    world.whenAsked(new Demand.Start(new Demand.From.Path(older.path()), true));
    world.whenTimePasses(SECOND);
    assertThat(
            Housekeeping.plan(
                    keepOne(),
                    world.history(),
                    List.of(world.history()),
                    world.store,
                    world.clock.instant())
                .kept())
        .extracting(Savepoint::id)
        .contains(older.id());
    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));
    assertThat(world.history().openRun().orElseThrow().checkpointed()).isTrue();
    assertThat(
            Housekeeping.plan(
                    keepOne(),
                    world.history(),
                    List.of(world.history()),
                    world.store,
                    world.clock.instant())
                .expired())
        .extracting(Savepoint::id)
        .containsExactly(older.id());
  }

  private static RetentionPolicy keepOne() {
    return RetentionPolicy.keepLast(1);
  }

  @Test
  void doesNotRetainADamagedSavepoint() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    SavepointId good = world.retained().get(0).id();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.firing("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    world.cluster.completeSavepoint(pending());
    world.store.entries().keySet().stream()
        .filter(p -> p.endsWith("/_metadata") && p.contains(pending().value()))
        .forEach(p -> world.store.damage(p.replace("/_metadata", "")));
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(world.retained()).extracting(Savepoint::id).containsExactly(good);
  }

  @Test
  void takesOneSavepointForALostAnswerThatHadBeenAccepted() {
    world.givenTheJobRuns();
    world.cluster.faults().loseAnswerOfNextTrigger(true);
    world.givenSavepoints(1);
    assertThat(world.retained()).hasSize(1);
    assertThat(world.cluster.triggers()).hasSize(1);
  }

  @Test
  void sendsALostTriggerAgainUnderItsOwnId() {
    world.givenTheJobRuns();
    world.cluster.faults().loseAnswerOfNextTrigger(false);
    world.givenSavepoints(1);
    assertThat(world.retained()).hasSize(1);
    assertThat(world.effects.done().stream().filter(e -> e.startsWith("trigger")).distinct())
        .hasSize(1);
  }

  @Test
  void findsASavepointWhoseOutcomeTheClusterHasForgotten() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    world.cluster.completeSavepoints();
    world.cluster.expireOutcomes();
    world.whenTimePasses(SECOND);
    assertThat(world.retained()).hasSize(1);
    assertThat(world.cluster.triggers()).hasSize(1);
  }

  @Test
  void countsASavepointThatFlinkCallsFailedButThatIsComplete() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    world.store.writeSavepoint(world.history().openTriggers().get(0).directory());
    world.cluster.failSavepoint(pending(), "the job didn't terminate gracefully");
    world.whenTimePasses(SECOND);
    assertThat(world.retained()).hasSize(1);
  }

  @Test
  void closesTheSavepointOfARunThatDiesMeanwhileAndRestoresFromTheOneBefore() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    Savepoint before = world.retained().get(0);
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(Duration.ofMillis(50));
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(before);
    world.thenNothingIsLeftOpen();
  }

  @Test
  void restoresFromTheSavepointThatWasCompleteAsItsRunDied() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    TriggerId trigger = pending();
    world.cluster.completeSavepoints();
    world.cluster.restart(false);
    world.whenTimePasses(Duration.ofSeconds(5));
    world.thenTheJobRuns();
    assertThat(world.retained()).extracting(s -> s.id().value()).containsExactly(trigger.value());
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  @Test
  void doesNotGiveATriggerUpForOneEmptyLook() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(100));
    world.cluster.restart(false);
    world.whenTimePasses(Duration.ofMillis(200));
    assertThat(world.history().openTriggers()).hasSize(1);
    assertThat(world.history().openRun()).isPresent();
  }

  @Test
  void doesNotNeglectTheJobWhileATriggerIsUnknown() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    world.cluster.expireOutcomes();
    world.cluster.faults().loseAnswerOfNextTrigger(false);
    world.whenTimePasses(SECOND);
    assertThat(world.history().openTriggers()).hasSize(1);
    CompletableFuture<Answer> refusal =
        world.asking(new Demand.Start(new Demand.From.Latest(), false));
    world.whenTimePasses(SECOND);
    assertThat(refusal.join()).isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Not all required tasks are currently running.",
        "The requested operation is not available while the JobManager is initializing."
      })
  void triesAgainUnderANewIdWhenTheRunWasNotReady(String words) {
    world.givenTheJobRuns();
    world.cluster.faults().failNextSavepoint(words);
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(Duration.ofSeconds(2));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.cluster.triggers()).extracting(t -> t.id()).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void givesASavepointUpAtItsDeadlineEvenWhileTheClusterIsAway() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(SECOND);
    world.cluster.faults().unreachable(true);
    world.whenTimePasses(Duration.ofMinutes(4));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(world.history().openTriggers()).isEmpty();
  }

  @Test
  void turnsAwayAtOnceWhoAsksForTheStateOfAJobThatIsDown() {
    world.store.makeDirectory(world.store.root() + "/averaging/x");
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(SECOND);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void turnsAwayInTheEndWhoAsksAJobThatNeverGetsGoing() {
    world.cluster.stepped(true);
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(answer).isNotDone();
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
  }

  @Test
  void leavesWhatIsNotInATriggersOwnDirectoryAndGoesOn() throws LedgerLost {
    world.givenTheJobRuns();
    String foreign = world.store.writeSavepoint(world.store.root() + "/averaging/elsewhere");
    TriggerId trigger = new TriggerId("d".repeat(32));
    world
        .ledger()
        .append(
            List.of(
                new Event.SavepointIntended(
                    world.clock.instant(),
                    KeeperWorld.NAME,
                    world.runId(),
                    trigger,
                    world.store.directoryOf(KeeperWorld.NAME, trigger),
                    SavepointFormat.CANONICAL,
                    new Occasion.Requested()),
                new Event.SavepointRetained(
                    world.clock.instant(), KeeperWorld.NAME, trigger, foreign, 1, 1)));
    world.givenSavepoints(4);
    world.whenTimePasses(Duration.ofSeconds(40));
    assertThat(world.history().expired()).isEmpty();
    assertThat(world.store.entries()).containsKey(foreign + "/_metadata");
    assertThat(world.retained()).hasSize(3).extracting(Savepoint::path).contains(foreign);
    assertThat(world.effects.done().stream().filter(e -> e.startsWith("delete")).distinct())
        .hasSize(2);
    world.thenTheJobRuns();
  }
}
