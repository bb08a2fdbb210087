package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.asked;
import static io.savepointd.ledger.SampleEvents.ended;
import static io.savepointd.ledger.SampleEvents.intended;
import static io.savepointd.ledger.SampleEvents.minute;
import static io.savepointd.ledger.SampleEvents.path;
import static io.savepointd.ledger.SampleEvents.retained;
import static io.savepointd.ledger.SampleEvents.run;
import static io.savepointd.ledger.SampleEvents.savepoint;
import static io.savepointd.ledger.SampleEvents.started;
import static io.savepointd.ledger.SampleEvents.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionTest {
  private static final Origin EMPTY = new Origin.Empty();

  @Test
  void dropsWhatOnlyConcernsOwners() {
    List<Event> events =
        List.of(
            new Event.Opened(minute(0), SampleEvents.owner("a")),
            intended(1, EMPTY, 0),
            new Event.Heartbeat(minute(1)),
            new Event.Closed(minute(2)));

    assertThat(Compaction.keep(events)).containsExactly(intended(1, EMPTY, 0));
  }

  @Test
  void whatIsKeptTellsTheSameAsBefore() {
    List<Event> events = chain();

    assertThat(fold(Compaction.keep(events))).isEqualTo(fold(events));
  }

  @Test
  void compactingTwiceChangesNothingMore() {
    List<Event.OfJob> once = Compaction.keep(chain());

    assertThat(Compaction.keep(List.copyOf(once))).isEqualTo(once);
  }

  @Test
  void keepsRetainedSavepointsHoweverOldAndTheRunTheyWereTakenFrom() {
    List<Event> events =
        new ArrayList<>(
            List.of(
                intended(1, EMPTY, 0),
                asked(5, 1, 1),
                retained(5, 2),
                ended(1, RunEnd.FAILED, 3),
                intended(2, EMPTY, 4),
                ended(2, RunEnd.FAILED, 5)));
    for (int i = 0; i <= Forgetting.RUNS_OVER; i++) {
      events.add(intended(100 + i, EMPTY, 6));
      events.add(ended(100 + i, RunEnd.FAILED, 6));
    }
    events.add(intended(3, EMPTY, 7));

    JobHistory h = fold(Compaction.keep(events));

    assertThat(h.retained()).hasSize(1);
    assertThat(h.run(run(1))).isPresent();
    assertThat(h.run(run(2))).isEmpty();
    assertThat(h.openRun().orElseThrow().id()).isEqualTo(run(3));
  }

  @Test
  void keepsTheDeletedSavepointThatAnOpenRunStandsOn() {
    List<Event> events = new ArrayList<>();
    events.add(intended(1, EMPTY, 0));
    events.addAll(SampleEvents.wholeLife(5, 1, 1));
    events.add(ended(1, RunEnd.FAILED, 6));
    events.add(intended(2, new Origin.Restored(path(5)), 7));
    events.add(started(2, 8));
    events.addAll(SampleEvents.wholeLife(6, 2, 9));
    events.addAll(manyDeleted(2, 20));

    JobHistory h = fold(Compaction.keep(events));

    assertThat(h.savepoint(savepoint(5))).isPresent();
    assertThat(h.savepoint(savepoint(6))).isEmpty();
    assertThat(Lineage.of(h).get(0).start()).isInstanceOf(Lineage.Start.FromSavepoint.class);
  }

  @Test
  void aJobThatEverHadStateNeverLooksNew() {
    List<Event> events = new ArrayList<>();
    events.add(intended(1, EMPTY, 0));
    events.addAll(SampleEvents.wholeLife(5, 1, 1));
    events.add(ended(1, RunEnd.FINISHED, 6));

    JobHistory h = fold(Compaction.keep(events));

    assertThat(h.mayHaveState()).isTrue();
    assertThat(h.runs()).hasSize(1);
    assertThat(h.savepoints()).hasSize(1);
  }

  @Test
  void keepsOpenTriggersAndWhenEachScheduleFiredLast() {
    List<Event> events = new ArrayList<>();
    for (int i = 5; i < 8; i++) {
      events.add(asked(i, 1, i));
      events.add(new Event.SavepointFailed(minute(i), JOB, trigger(i), "timed out"));
      events.add(new Event.LeftoverDeleted(minute(i), JOB, trigger(i)));
    }
    events.add(asked(3, 1, 1));

    JobHistory h = fold(Compaction.keep(events));

    assertThat(h.openTriggers()).hasSize(1);
    assertThat(h.lastIntended()).containsEntry(SampleEvents.FREQUENT, minute(7));
    assertThat(Compaction.keep(events)).hasSize(4);
  }

  @Test
  void failedTriggersAreDroppedOnceTheirDirectoryIsGone() {
    List<Event> events =
        List.of(
            asked(5, 1, 1),
            new Event.SavepointFailed(minute(2), JOB, trigger(5), "timed out"),
            new Event.LeftoverDeleted(minute(3), JOB, trigger(5)),
            asked(6, 1, 3),
            retained(6, 4));

    assertThat(Compaction.keep(events)).containsExactly(asked(6, 1, 3), retained(6, 4));
  }

  /** As many savepoints of a run, all of them deleted, as are remembered. */
  private static List<Event> manyDeleted(int run, long minute) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < Forgetting.DELETED_SAVEPOINTS; i++) {
      events.addAll(SampleEvents.wholeLife(1000 + i, run, minute + i));
    }
    return events;
  }

  /** Three runs, each restored from the one before. */
  private static List<Event> chain() {
    List<Event> events = new ArrayList<>();
    events.add(intended(1, EMPTY, 0));
    events.add(started(1, 1));
    events.addAll(SampleEvents.wholeLife(5, 1, 2));
    events.add(ended(1, RunEnd.FAILED, 10));
    events.add(intended(2, new Origin.Restored(path(5)), 11));
    events.add(asked(6, 2, 12));
    events.add(retained(6, 13));
    events.add(ended(2, RunEnd.GONE, 14));
    events.add(intended(3, new Origin.Restored(path(6)), 15));
    events.add(started(3, 16));
    events.add(new Event.RunCheckpointed(minute(17), JOB, run(3)));
    events.add(asked(7, 3, 18));
    return events;
  }

  private static JobHistory fold(List<? extends Event> events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.of(JOB);
  }
}
