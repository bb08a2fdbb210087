package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.CLUSTER;
import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.asked;
import static io.savepointd.ledger.SampleEvents.deleted;
import static io.savepointd.ledger.SampleEvents.ended;
import static io.savepointd.ledger.SampleEvents.expired;
import static io.savepointd.ledger.SampleEvents.intended;
import static io.savepointd.ledger.SampleEvents.minute;
import static io.savepointd.ledger.SampleEvents.path;
import static io.savepointd.ledger.SampleEvents.retained;
import static io.savepointd.ledger.SampleEvents.run;
import static io.savepointd.ledger.SampleEvents.savepoint;
import static io.savepointd.ledger.SampleEvents.started;
import static io.savepointd.ledger.SampleEvents.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final Origin EMPTY = new Origin.Empty();

  @Test
  void aJobNeverHeardOfHasNoState() {
    assertThat(History.empty().of(JOB)).isEqualTo(JobHistory.none(JOB));
    assertThat(History.empty().of(JOB).mayHaveState()).isFalse();
  }

  @Test
  void anIntendedRunIsOpenAndMayHaveState() {
    JobHistory h = after(intended(1, EMPTY, 0));

    assertThat(h.openRun().orElseThrow().phase()).isEqualTo(new Run.Phase.Intended());
    assertThat(h.mayHaveState()).isTrue();
  }

  @Test
  void aStartedRunIsOpen() {
    assertThat(after(intended(1, EMPTY, 0), started(1, 1)).openRun().orElseThrow().phase())
        .isEqualTo(new Run.Phase.Started(minute(1)));
  }

  @Test
  void aRunThatNeverStartedLeavesTheJobAsNew() {
    JobHistory h =
        after(
            intended(1, EMPTY, 0), new Event.RunNotStarted(minute(1), JOB, run(1), "jar refused"));

    assertThat(h.openRun()).isEmpty();
    assertThat(h.mayHaveState()).isFalse();
  }

  @Test
  void anEndedRunStaysEnded() {
    JobHistory h =
        after(
            intended(1, EMPTY, 0),
            started(1, 1),
            ended(1, RunEnd.FAILED, 2),
            started(1, 3),
            ended(1, RunEnd.GONE, 4));

    assertThat(h.openRun()).isEmpty();
    assertThat(h.run(run(1)).orElseThrow().phase())
        .isEqualTo(new Run.Phase.Ended(minute(2), RunEnd.FAILED, "TaskManager lost"));
  }

  @Test
  void aSavepointTookFromItsRequestUntilItWasRetained() {
    JobHistory h =
        after(
            intended(1, EMPTY, 0),
            started(1, 1),
            asked(1, 1, 5),
            retained(1, 8),
            new Event.SavepointAdopted(
                minute(9),
                JOB,
                savepoint(2),
                path(2),
                minute(2),
                SavepointFormat.NATIVE,
                1,
                1,
                List.of()));

    assertThat(h.savepoint(savepoint(1)).orElseThrow().took()).contains(Duration.ofMinutes(3));
    assertThat(h.savepoint(savepoint(2)).orElseThrow().took()).isEmpty();
  }

  /** It was set back meanwhile. */
  @Test
  void noSavepointTookLessThanNoTime() {
    JobHistory h = after(intended(1, EMPTY, 0), started(1, 1), asked(1, 1, 5), retained(1, 3));

    assertThat(h.savepoint(savepoint(1)).orElseThrow().took()).contains(Duration.ZERO);
  }

  @Test
  void anAdoptedRunIsRunningFromAnUnknownOrigin() {
    Run run =
        after(new Event.RunAdopted(minute(3), JOB, run(4), CLUSTER, new Origin.Adopted()))
            .openRun()
            .orElseThrow();

    assertThat(run.origin()).isEqualTo(new Origin.Adopted());
    assertThat(run.phase()).isEqualTo(new Run.Phase.Started(minute(3)));
  }

  @Test
  void aRunGivenUpAndFoundAgainStillKnowsItsOrigin() {
    Origin origin = new Origin.Restored(path(9));
    JobHistory h =
        after(
            intended(1, origin, 0),
            started(1, 1),
            ended(1, RunEnd.GONE, 2),
            new Event.RunAdopted(minute(3), JOB, run(1), CLUSTER, new Origin.Adopted()));

    assertThat(h.openRun().orElseThrow().origin()).isEqualTo(origin);
    assertThat(h.openRun().orElseThrow().phase()).isEqualTo(new Run.Phase.Started(minute(3)));
  }

  @Test
  void aRunFoundAgainIsNewerThanTheOneInItsPlaceAndIsWhereItWasFound() {
    ClusterName renamed = new ClusterName("renamed");
    JobHistory h =
        after(
            intended(1, EMPTY, 0),
            ended(1, RunEnd.GONE, 2),
            intended(2, EMPTY, 3),
            ended(2, RunEnd.CANCELED, 4),
            new Event.RunAdopted(minute(5), JOB, run(1), renamed, new Origin.Adopted()));

    assertThat(h.runs()).extracting(Run::id).containsExactly(run(2), run(1));
    assertThat(h.openRun().orElseThrow().cluster()).isEqualTo(renamed);
  }

  @Test
  void aRunBeingCancelledIsStillOpen() {
    JobHistory h =
        after(
            intended(1, EMPTY, 0),
            started(1, 1),
            new Event.CancelIntended(minute(2), JOB, run(1), "asked"));

    assertThat(h.openRun().orElseThrow().phase())
        .isEqualTo(new Run.Phase.Cancelling(minute(2), "asked"));
  }

  @Test
  void aResendKeepsThePlaceAndTakesTheNewerParticulars() {
    JobHistory h = after(intended(1, EMPTY, 0), intended(2, EMPTY, 1), intended(1, EMPTY, 5));

    assertThat(h.runs()).extracting(Run::id).containsExactly(run(1), run(2));
    assertThat(h.run(run(1)).orElseThrow().intendedAt()).isEqualTo(minute(5));
  }

  @Test
  void aLateResendDoesNotUndoAStart() {
    JobHistory h = after(intended(1, EMPTY, 0), started(1, 1), intended(1, EMPTY, 2));

    assertThat(h.openRun().orElseThrow().phase()).isEqualTo(new Run.Phase.Started(minute(1)));
  }

  @Test
  void aSavepointIsNoCheckpointOfItsRun() {
    assertThat(after(intended(1, EMPTY, 0)).openRun().orElseThrow().checkpointed()).isFalse();
    assertThat(
            after(intended(1, EMPTY, 0), new Event.RunCheckpointed(minute(1), JOB, run(1)))
                .openRun()
                .orElseThrow()
                .checkpointed())
        .isTrue();
    assertThat(
            after(intended(1, EMPTY, 0), asked(5, 1, 1), retained(5, 2))
                .openRun()
                .orElseThrow()
                .checkpointed())
        .isFalse();
  }

  @Test
  void aTriggerIsOpenUntilItsOutcome() {
    assertThat(after(asked(5, 1, 0)).openTriggers()).hasSize(1);
    assertThat(after(asked(5, 1, 0), retained(5, 1)).openTriggers()).isEmpty();
    JobHistory failed =
        after(asked(5, 1, 0), new Event.SavepointFailed(minute(1), JOB, trigger(5), "timed out"));
    assertThat(failed.openTriggers()).isEmpty();
    assertThat(failed.savepoints()).isEmpty();
    assertThat(failed.lastIntended()).isEqualTo(Map.of(SampleEvents.FREQUENT, minute(0)));
  }

  @Test
  void aSavepointIsAsOldAsItsIntent() {
    Savepoint savepoint = after(asked(5, 1, 7), retained(5, 9)).retained().get(0);

    assertThat(savepoint.takenAt()).isEqualTo(minute(7));
    assertThat(savepoint.path()).isEqualTo(path(5));
    assertThat(savepoint.run()).contains(run(1));
    assertThat(savepoint.bytes()).isEqualTo(4567);
  }

  @Test
  void retainedSavepointsComeNewestFirst() {
    JobHistory h = after(asked(5, 1, 1), asked(6, 1, 2), retained(6, 3), retained(5, 4));

    assertThat(h.retained()).extracting(Savepoint::id).containsExactly(savepoint(6), savepoint(5));
  }

  @Test
  void aSavepointExpiresAndIsDeletedAndNeverComesBack() {
    JobHistory expired = after(asked(5, 1, 0), retained(5, 1), expired(5, 2));
    assertThat(expired.retained()).isEmpty();
    assertThat(expired.expired()).hasSize(1);

    JobHistory deleted =
        after(asked(5, 1, 0), retained(5, 1), expired(5, 2), deleted(5, 3), expired(5, 4));
    assertThat(deleted.expired()).isEmpty();
    assertThat(deleted.savepoint(savepoint(5)).orElseThrow().state())
        .isEqualTo(Savepoint.State.DELETED);
    assertThat(deleted.mayHaveState()).isTrue();
  }

  @Test
  void theLastIntentOfAnOccasionIsTheLatestNotTheLastWritten() {
    assertThat(after(asked(5, 1, 8), asked(6, 1, 3)).lastIntended())
        .isEqualTo(Map.of(SampleEvents.FREQUENT, minute(8)));
  }

  @Test
  void outcomesOfWhatIsUnknownAreHarmless() {
    JobHistory h =
        after(
            retained(5, 1),
            expired(5, 2),
            deleted(5, 3),
            started(1, 4),
            ended(1, RunEnd.FAILED, 5),
            new Event.RunCheckpointed(minute(6), JOB, run(1)));

    assertThat(h).isEqualTo(JobHistory.none(JOB));
  }

  @Test
  void everyEventMayBeRepeatedAtOnce() {
    List<Event> once = life();
    List<Event> twice = new ArrayList<>();
    once.forEach(e -> twice.addAll(List.of(e, e)));

    assertThat(fold(twice)).isEqualTo(fold(once));
  }

  @Test
  void theWholeLedgerMayBeReadTwice() {
    List<Event> twice = new ArrayList<>(life());
    twice.addAll(life());

    assertThat(fold(twice)).isEqualTo(fold(life()));
  }

  @Test
  void jobsDoNotTouchEachOther() {
    JobName other = new JobName("other");
    History h =
        History.empty()
            .apply(intended(1, EMPTY, 0))
            .apply(new Event.RunAdopted(minute(1), other, run(2), CLUSTER, new Origin.Adopted()));

    assertThat(h.jobs()).extracting(JobHistory::job).containsExactly(JOB, other);
    assertThat(h.of(JOB).runs()).extracting(Run::id).containsExactly(run(1));
    assertThat(h.of(other).runs()).extracting(Run::id).containsExactly(run(2));
  }

  @Test
  void aHistoryItselfNeverChanges() {
    History before = History.empty().apply(intended(1, EMPTY, 0));
    JobHistory was = before.of(JOB);

    before.apply(started(1, 1));

    assertThat(before.of(JOB)).isEqualTo(was);
  }

  private static List<Event> life() {
    List<Event> life =
        new ArrayList<>(
            List.of(
                new Event.Opened(minute(0), SampleEvents.owner("a")),
                intended(1, EMPTY, 0),
                started(1, 1)));
    life.addAll(SampleEvents.wholeLife(5, 1, 2));
    life.addAll(
        List.of(
            asked(6, 1, 6),
            retained(6, 7),
            asked(7, 1, 8),
            new Event.SavepointFailed(minute(9), JOB, trigger(7), "timed out"),
            new Event.Heartbeat(minute(9)),
            new Event.LeftoverExpired(minute(9), JOB, trigger(7)),
            new Event.LeftoverDeleted(minute(9), JOB, trigger(7)),
            SampleEvents.adopted(9, 9),
            new Event.SavepointPinned(minute(9), JOB, savepoint(9)),
            new Event.SavepointQuarantined(minute(9), JOB, savepoint(9), "cut short"),
            new Event.StopWanted(minute(9), JOB),
            new Event.StartWanted(minute(9), JOB, "by command"),
            new Event.JobHeld(minute(9), JOB, "died 5 times"),
            new Event.JobReleased(minute(9), JOB),
            new Event.CancelIntended(minute(10), JOB, run(1), "asked"),
            ended(1, RunEnd.CANCELED, 11),
            intended(2, new Origin.Restored(path(6)), 12),
            started(2, 13),
            asked(8, 2, 14)));
    return life;
  }

  private static JobHistory after(Event... events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.of(JOB);
  }

  private static List<JobHistory> fold(List<Event> events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.jobs();
  }
}
