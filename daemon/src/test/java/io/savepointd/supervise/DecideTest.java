package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static io.savepointd.supervise.Histories.path;
import static io.savepointd.supervise.Histories.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.SubmitOutcome;
import io.savepointd.flink.TriggerOutcome;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunState;
import io.savepointd.supervise.JobStatus.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecideTest {
  private static final TriggerOutcome IN_PROGRESS = new TriggerOutcome.InProgress();
  private static final TriggerOutcome FORGOTTEN = new TriggerOutcome.Unknown("404", true);
  private static final TriggerOutcome LOST = new TriggerOutcome.Unknown("timeout", false);

  private static Histories none() {
    return new Histories();
  }

  private static Case running() {
    return Case.of(none().running(1, 0)).shows(1, RunState.RUNNING).at(10);
  }

  private static Case withTrigger(TriggerOutcome outcome) {
    return Case.of(none().running(1, 0).triggered(7, 1, 10)).outcome(outcome).at(11);
  }

  @Test
  void waitsWhileTheClusterCannotBeReached() {
    assertThat(Case.of(none()).unreachable().state()).isEqualTo(State.UNREACHABLE);
    assertThat(Case.of(none().running(1, 0)).missing(9).unreachable().detail())
        .isEqualTo("refused");
  }

  @Test
  void leavesARunningRunAlone() {
    assertThat(running().decided())
        .isEqualTo(new Action.Wait(State.RUNNING, "all tasks running", at(11)));
  }

  @ParameterizedTest
  @CsvSource({"FINISHED,FINISHED", "CANCELED,CANCELED", "FAILED,FAILED"})
  void recordsAnEnd(RunState state, RunEnd end) {
    for (Histories open :
        new Histories[] {
          none().intended(1, 0), none().running(1, 0), none().running(1, 0).cancelling(1, 1)
        }) {
      assertThat(Case.of(open).shows(1, state).decided())
          .isInstanceOfSatisfying(
              Action.RecordEnd.class,
              a -> {
                assertThat(a.run().id()).isEqualTo(run(1));
                assertThat(a.end()).isEqualTo(end);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"FINISHED", "CANCELED", "FAILED", "RUNNING"},
      mode = EnumSource.Mode.EXCLUDE)
  void takesNoOtherStateForAnEnd(RunState state) {
    assertThat(Case.of(none().running(1, 0)).shows(1, state).at(90).state())
        .isEqualTo(State.STARTING);
  }

  @Test
  void believesThatARunIsGoneOnTheSecondLook() {
    assertThat(Case.of(none().running(1, 0)).missing(1).decided()).isInstanceOf(Action.Wait.class);
    assertThat(Case.of(none().running(1, 0)).missing(2).decided())
        .isInstanceOfSatisfying(
            Action.RecordEnd.class, a -> assertThat(a.end()).isEqualTo(RunEnd.GONE));
    assertThat(Case.of(none().running(1, 0).cancelling(1, 1)).missing(2).decided())
        .isInstanceOf(Action.RecordEnd.class);
  }

  @Test
  void resubmitsUnderTheSameIdAfterAWhile() {
    Histories intended = none().intended(1, 0);
    assertThat(Case.of(intended).missing(2).at(4).state()).isEqualTo(State.STARTING);
    assertThat(Case.of(intended).missing(1).at(60).state()).isEqualTo(State.STARTING);
    assertThat(Case.of(intended).missing(2).at(5).decided())
        .isInstanceOfSatisfying(
            Action.Resubmit.class, a -> assertThat(a.run().id()).isEqualTo(run(1)));
    SubmitOutcome unknown = new SubmitOutcome.Unknown("timeout");
    assertThat(Case.of(intended).sent(1, 8, unknown).missing(2).at(10).state())
        .isEqualTo(State.STARTING);
    assertThat(Case.of(intended).sent(1, 8, unknown).missing(2).at(13).decided())
        .isInstanceOf(Action.Resubmit.class);
    assertThat(Case.of(intended).sent(9, 8, unknown).missing(2).at(10).decided())
        .isInstanceOf(Action.Resubmit.class);
  }

  @Test
  void givesUpADuplicateThatIsNowhereToBeSeen() {
    Case duplicate = Case.of(none().intended(1, 0)).sent(1, 0, new SubmitOutcome.Duplicate()).at(1);
    assertThat(duplicate.missing(1).decided()).isInstanceOf(Action.Wait.class);
    assertThat(duplicate.missing(2).decided()).isInstanceOf(Action.RecordEnd.class);
  }

  @Test
  void doesNotResubmitBesideARunOfThatName() {
    assertThat(Case.of(none().intended(1, 0)).shows(9, RunState.RUNNING).missing(2).at(9).decided())
        .isInstanceOf(Action.RecordEnd.class);
  }

  @Test
  void confirmsAStartOnceAllTasksRun() {
    Histories intended = none().intended(1, 0);
    assertThat(Case.of(intended).shows(1, RunState.RUNNING, 1).state()).isEqualTo(State.STARTING);
    assertThat(Case.of(intended).shows(1, RunState.RUNNING).decided())
        .isInstanceOf(Action.ConfirmStart.class);
  }

  @Test
  void saysThatAStartIsSlowButDoesNotGiveItUp() {
    Histories intended = none().intended(1, 0);
    assertThat(Case.of(intended).shows(1, RunState.CREATED).at(120).detail())
        .isEqualTo("CREATED, 0 of 2 tasks running");
    assertThat(Case.of(intended).shows(1, RunState.CREATED).at(121).detail())
        .contains("longer than 2m");
  }

  @Test
  void asksForACancellationAgain() {
    Histories cancelling = none().running(1, 0).cancelling(1, 10);
    assertThat(Case.of(cancelling).shows(1, RunState.RUNNING).at(14).state())
        .isEqualTo(State.CANCELLING);
    assertThat(Case.of(cancelling).shows(1, RunState.CANCELLING).at(15).decided())
        .isInstanceOfSatisfying(
            Action.Cancel.class, a -> assertThat(a.reason()).isEqualTo("by command"));
  }

  @Test
  void takesASavepointOnlyOfARunWithAllTasksRunning() {
    assertThat(running().wantsSavepoint().decided()).isInstanceOf(Action.TakeSavepoint.class);
    assertThat(
            Case.of(none().running(1, 0)).shows(1, RunState.RUNNING, 1).wantsSavepoint().decided())
        .isInstanceOf(Action.Wait.class);
    assertThat(Case.of(none().intended(1, 0)).shows(1, RunState.RUNNING).wantsSavepoint().decided())
        .isInstanceOf(Action.ConfirmStart.class);
  }

  @Test
  void takesOneSavepointAtATime() {
    assertThat(withTrigger(IN_PROGRESS).shows(1, RunState.RUNNING).wantsSavepoint().detail())
        .isEqualTo("savepoint under way, 1s");
  }

  @Test
  void saysHowFarASavepointHasComeAndSinceWhen() {
    Case slow = withTrigger(IN_PROGRESS).shows(1, RunState.RUNNING).at(51);
    assertThat(slow.detail()).isEqualTo("savepoint under way, 41s");
    assertThat(slow.written(12, 80).detail()).isEqualTo("savepoint 12/80 tasks, 41s");
    assertThat(slow.at(10 + 130).detail()).isEqualTo("savepoint 12/80 tasks, 2m 10s");
  }

  @Test
  void asksLessOftenForASlowSavepoint() {
    Action soon = withTrigger(IN_PROGRESS).shows(1, RunState.RUNNING).at(14).decided();
    assertThat(((Action.Wait) soon).until()).isEqualTo(at(14).plusMillis(100));
    Action later = withTrigger(IN_PROGRESS).shows(1, RunState.RUNNING).at(15).decided();
    assertThat(((Action.Wait) later).until()).isEqualTo(at(16));
  }

  @Test
  void takesInWhatIsCompletedWhateverBecameOfTheRun() {
    TriggerOutcome completed = new TriggerOutcome.Completed(path(7));
    for (Case c :
        new Case[] {
          withTrigger(completed).shows(1, RunState.RUNNING),
          withTrigger(completed).shows(1, RunState.FAILED),
          withTrigger(completed).missing(2),
          withTrigger(completed).shows(1, RunState.RUNNING).at(9999)
        }) {
      assertThat(c.decided())
          .isInstanceOfSatisfying(
              Action.TakeIn.class, a -> assertThat(a.path()).isEqualTo(path(7)));
    }
  }

  @Test
  void closesATriggerThatFailed() {
    assertThat(withTrigger(new TriggerOutcome.Failed("no")).shows(1, RunState.RUNNING).decided())
        .isInstanceOfSatisfying(
            Action.CloseTrigger.class, a -> assertThat(a.reason()).isEqualTo("no"));
  }

  @Test
  void asksForAForgottenTriggerAgainWhileItsRunIsAlive() {
    assertThat(withTrigger(FORGOTTEN).shows(1, RunState.RUNNING).decided())
        .isInstanceOf(Action.Retrigger.class);
    assertThat(withTrigger(FORGOTTEN).shows(1, RunState.INITIALIZING).decided())
        .as("it would only refuse")
        .isInstanceOf(Action.Wait.class);
    assertThat(withTrigger(FORGOTTEN).shows(1, RunState.RUNNING).askAgainFrom(20).at(19).decided())
        .isInstanceOf(Action.Wait.class);
    assertThat(withTrigger(FORGOTTEN).shows(1, RunState.RUNNING).askAgainFrom(20).at(20).decided())
        .isInstanceOf(Action.Retrigger.class);
  }

  @Test
  void closesAForgottenTriggerOnceItsRunIsOver() {
    assertThat(withTrigger(FORGOTTEN).shows(1, RunState.CANCELED).decided())
        .isInstanceOf(Action.CloseTrigger.class);
    assertThat(withTrigger(FORGOTTEN).missing(1).decided()).isInstanceOf(Action.Wait.class);
    assertThat(withTrigger(FORGOTTEN).missing(2).decided()).isInstanceOf(Action.RecordEnd.class);
    Histories over = none().running(1, 0).triggered(7, 1, 10).ended(1, RunEnd.GONE, 11);
    assertThat(Case.of(over).outcome(FORGOTTEN).at(12).decided())
        .isInstanceOf(Action.CloseTrigger.class);
    assertThat(Case.of(over.running(2, 12)).outcome(FORGOTTEN).shows(2, RunState.RUNNING).decided())
        .isInstanceOf(Action.CloseTrigger.class);
  }

  @Test
  void doesNotJudgeATriggerByALostAnswerBeforeItsDeadline() {
    assertThat(withTrigger(LOST).shows(1, RunState.RUNNING).at(190).decided())
        .isInstanceOf(Action.Wait.class);
    assertThat(withTrigger(LOST).shows(1, RunState.RUNNING).at(191).decided())
        .isInstanceOf(Action.CloseTrigger.class);
    assertThat(withTrigger(IN_PROGRESS).shows(1, RunState.RUNNING).at(191).decided())
        .isInstanceOf(Action.CloseTrigger.class);
    assertThat(withTrigger(LOST).unreachable().at(190).decided()).isInstanceOf(Action.Wait.class);
    assertThat(withTrigger(LOST).unreachable().at(191).decided())
        .isInstanceOf(Action.CloseTrigger.class);
  }

  @Test
  void refusesAStartBesideARunUnlessItIsToBeReplaced() {
    Demand.From latest = new Demand.From.Latest();
    assertThat(running().wants(latest, false).refusal())
        .isInstanceOfSatisfying(
            Answer.Refused.class, a -> assertThat(a.message()).contains("--replace"));
    assertThat(running().wants(latest, true).decided())
        .isInstanceOf(Action.LookForRestorePoint.class);
    RestorePoint good = new RestorePoint.Good(path(7));
    assertThat(running().wants(latest, true).point(good).decided())
        .isInstanceOf(Action.Cancel.class);
    assertThat(running().wants(new Demand.From.Nothing(), true).decided())
        .isInstanceOf(Action.Cancel.class);
    assertThat(
            Case.of(none().intended(1, 0))
                .shows(1, RunState.RESTARTING)
                .wants(latest, true)
                .point(good)
                .decided())
        .isInstanceOf(Action.Cancel.class);
  }

  @Test
  void cancelsNothingWithoutAGoodRestorePoint() {
    Demand.From latest = new Demand.From.Latest();
    assertThat(running().wants(latest, true).point(new RestorePoint.None(true)).refusal())
        .isInstanceOf(Answer.Refused.class);
    assertThat(running().wants(latest, true).point(new RestorePoint.Bad("p", "cut")).refusal())
        .isInstanceOf(Answer.Failed.class);
    assertThat(running().wants(latest, true).point(new RestorePoint.Unknown("down")).state())
        .isEqualTo(State.UNREACHABLE);
  }
}
