package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static io.savepointd.supervise.Histories.path;
import static io.savepointd.supervise.Histories.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.supervise.JobStatus.State;
import io.savepointd.supervise.SupervisionSettings.EmptyStart;
import io.savepointd.supervise.SupervisionSettings.Restart;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecideStartTest {
  private static final RestorePoint NOTHING = new RestorePoint.None(false);
  private static final RestorePoint GOOD = new RestorePoint.Good(path(7));
  private static final Action EMPTY =
      new Action.Submit(new Origin.Empty(), new Program.Configured());
  private static final Action RESTORE =
      new Action.Submit(new Origin.Restored(path(7)), new Program.Configured());

  private static Histories none() {
    return new Histories();
  }

  private static Histories ended(RunEnd end) {
    return none().running(1, 0).ended(1, end, 1000);
  }

  @Test
  void looksBeforeItStarts() {
    assertThat(Case.of(none()).decided()).isInstanceOf(Action.LookForRestorePoint.class);
  }

  @Test
  void startsEmptyOnlyWhereNothingIsKnownAnywhere() {
    assertThat(Case.of(none()).point(NOTHING).decided()).isEqualTo(EMPTY);
    Case[] stateMayExist = {
      Case.of(none()).point(new RestorePoint.None(true)),
      Case.of(none()).point(NOTHING).emptyStart(EmptyStart.NEVER),
      Case.of(ended(RunEnd.FAILED)).point(NOTHING).at(2000),
      Case.of(none().intended(1, 0).ended(1, RunEnd.GONE, 1)).point(NOTHING).at(2000),
      Case.of(none().retained(7, 1, 0).expired(7, 1)).point(NOTHING).at(2000),
    };
    for (Case c : stateMayExist) {
      assertThat(c.state()).isEqualTo(State.HELD);
      assertThat(c.detail()).contains("`savepointd start averaging --empty`");
    }
  }

  @Test
  void countsARunThatTheClusterNeverTookAsNone() {
    assertThat(Case.of(none().intended(1, 0).notStarted(1, 1)).point(NOTHING).at(2).decided())
        .isEqualTo(EMPTY);
  }

  @Test
  void restoresFromAGoodPoint() {
    assertThat(Case.of(ended(RunEnd.FAILED)).point(GOOD).at(1001).decided()).isEqualTo(RESTORE);
    assertThat(Case.of(none()).point(GOOD).emptyStart(EmptyStart.NEVER).decided())
        .isEqualTo(RESTORE);
  }

  @Test
  void holdsForABadPointAndNamesTheRemedy() {
    Case bad = Case.of(none()).point(new RestorePoint.Bad(path(7), "cut short"));
    assertThat(bad.state()).isEqualTo(State.HELD);
    assertThat(bad.detail())
        .contains(path(7), "cut short", "`savepointd restore-latest averaging --from ID`");
  }

  @Test
  void waitsForAStorageThatCannotBeAsked() {
    assertThat(Case.of(none()).point(new RestorePoint.Unknown("safe mode")).state())
        .isEqualTo(State.UNREACHABLE);
  }

  @Test
  void adoptsTheOneRunUnderTheName() {
    Case one = Case.of(none()).shows(3, RunState.RESTARTING).shows(4, RunState.CANCELED);
    assertThat(one.decided())
        .isInstanceOfSatisfying(
            Action.Adopt.class, a -> assertThat(a.run().id()).isEqualTo(run(3)));
  }

  @Test
  void adoptsWhateverThePolicySaysBeforeItStartsAnything() {
    assertThat(
            Case.of(ended(RunEnd.FINISHED))
                .shows(3, RunState.RUNNING)
                .restart(Restart.NEVER)
                .wants(new Demand.From.Nothing(), false)
                .decided())
        .isInstanceOf(Action.Adopt.class);
  }

  @Test
  void touchesNoneOfSeveralRuns() {
    Case two = Case.of(none()).shows(3, RunState.RUNNING).shows(4, RunState.SUSPENDED);
    assertThat(two.state()).isEqualTo(State.HELD);
    assertThat(two.detail()).contains("2 runs").contains("cancel all but one");
    assertThat(two.wants(new Demand.From.Latest(), true).refusal())
        .isInstanceOf(Answer.Refused.class);
  }

  @ParameterizedTest
  @EnumSource(RunEnd.class)
  void heedsTheRestartPolicy(RunEnd end) {
    Histories over = ended(end);
    assertThat(Case.of(over).point(GOOD).at(1001).decided()).isEqualTo(RESTORE);
    Case onFailure = Case.of(over).point(GOOD).at(1001).restart(Restart.ON_FAILURE);
    if (end == RunEnd.FINISHED) {
      assertThat(onFailure.state()).isEqualTo(State.ENDED);
      assertThat(onFailure.detail()).contains("restart = on-failure");
    } else {
      assertThat(onFailure.decided()).isEqualTo(RESTORE);
    }
    Case never = Case.of(over).point(GOOD).at(1001).restart(Restart.NEVER);
    assertThat(never.state()).isEqualTo(State.ENDED);
    assertThat(never.detail()).contains("died").contains("restart = never");
  }

  @ParameterizedTest
  @EnumSource(Restart.class)
  void startsForTheFirstTimeUnderAnyPolicy(Restart policy) {
    assertThat(Case.of(none()).point(NOTHING).restart(policy).decided()).isEqualTo(EMPTY);
  }

  /** A command without a daemon works under that policy, and starts nothing by itself. */
  @Test
  void startsNotEvenFromAnAdoptedSavepointUnderNever() {
    Histories adopted =
        none()
            .with(
                new Event.SavepointAdopted(
                    at(0),
                    KeeperWorld.NAME,
                    new SavepointId(Histories.id(1)),
                    Histories.path(1),
                    at(0),
                    SavepointFormat.CANONICAL,
                    1,
                    1,
                    List.of()));
    assertThat(Case.of(adopted).point(GOOD).restart(Restart.NEVER).state()).isEqualTo(State.ENDED);
    assertThat(Case.of(adopted).point(GOOD).decided()).isEqualTo(RESTORE);
  }

  @Test
  void judgesByTheRunThatEndedLast() {
    Histories readopted =
        none()
            .running(1, 0)
            .ended(1, RunEnd.GONE, 1000)
            .intended(2, 1001)
            .notStarted(2, 1002)
            .adopted(1, 1003)
            .ended(1, RunEnd.FINISHED, 2000);
    assertThat(Case.of(readopted).point(GOOD).at(2001).restart(Restart.ON_FAILURE).state())
        .isEqualTo(State.ENDED);
  }

  @Test
  void waitsBeforeTheNextStartOfAJobThatKeepsDying() {
    Histories twice =
        none().running(1, 0).ended(1, RunEnd.FAILED, 5).running(2, 6).ended(2, RunEnd.FAILED, 9);
    assertThat(Case.of(twice).point(GOOD).at(10).decided())
        .isInstanceOfSatisfying(
            Action.Wait.class,
            w -> {
              assertThat(w.state()).isEqualTo(State.BACKOFF);
              assertThat(w.detail()).contains("died");
              assertThat(w.until()).isEqualTo(at(19));
            });
    assertThat(Case.of(twice).point(GOOD).at(19).decided()).isEqualTo(RESTORE);
  }

  @Test
  void startsByCommandWhateverPolicyAndBackoffSay() {
    Histories twice =
        none().running(1, 0).ended(1, RunEnd.FAILED, 5).running(2, 6).ended(2, RunEnd.FAILED, 9);
    Demand.From latest = new Demand.From.Latest();
    Demand.From nothing = new Demand.From.Nothing();
    for (Restart policy : Restart.values()) {
      assertThat(Case.of(twice).at(10).restart(policy).wants(latest, false).point(GOOD).decided())
          .isEqualTo(RESTORE);
      assertThat(Case.of(twice).at(10).restart(policy).wants(nothing, false).decided())
          .isEqualTo(EMPTY);
    }
  }

  @Test
  void looksAndAnswersForADemand() {
    Demand.From named = new Demand.From.Path(path(7));
    assertThat(Case.of(none()).wants(named, false).decided())
        .isInstanceOf(Action.LookForRestorePoint.class);
    assertThat(
            Case.of(none()).wants(named, false).point(new RestorePoint.Bad("p", "cut")).refusal())
        .isEqualTo(new Answer.Failed("p can't be restored from: cut"));
    assertThat(Case.of(none()).wants(new Demand.From.Latest(), false).point(NOTHING).refusal())
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            a -> assertThat(a.message()).contains("--from PATH").contains("--empty"));
    assertThat(Case.of(none()).wants(named, false).point(new RestorePoint.Unknown("down")).state())
        .isEqualTo(State.UNREACHABLE);
  }
}
