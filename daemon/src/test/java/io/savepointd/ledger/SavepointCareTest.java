package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.adopted;
import static io.savepointd.ledger.SampleEvents.asked;
import static io.savepointd.ledger.SampleEvents.deleted;
import static io.savepointd.ledger.SampleEvents.expired;
import static io.savepointd.ledger.SampleEvents.minute;
import static io.savepointd.ledger.SampleEvents.retained;
import static io.savepointd.ledger.SampleEvents.savepoint;
import static io.savepointd.ledger.SampleEvents.trigger;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Leftover;
import io.savepointd.model.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger tells of savepoints beyond their taking: pins, damage, adoption, leftovers. */
class SavepointCareTest {
  @Test
  void aFailedTriggerIsALeftoverUntilItsDirectoryIsGone() {
    JobHistory failed = after(asked(5, 1, 0), failed(5, 2));
    assertThat(failed.leftovers())
        .singleElement()
        .satisfies(
            l -> {
              assertThat(l.trigger().id()).isEqualTo(trigger(5));
              assertThat(l.failedAt()).isEqualTo(minute(2));
              assertThat(l.expired()).isFalse();
            });
    assertThat(failed.mayHaveState()).isTrue();

    assertThat(after(asked(5, 1, 0), failed(5, 2), condemned(5, 3)).leftovers())
        .extracting(Leftover::expired)
        .containsExactly(true);
    assertThat(after(asked(5, 1, 0), failed(5, 2), condemned(5, 3), gone(5, 4)).leftovers())
        .isEmpty();
  }

  @Test
  void aLateSavepointMakesALeftoverRetainedUnlessItIsCondemned() {
    JobHistory late = after(asked(5, 1, 0), failed(5, 2), retained(5, 3));
    assertThat(late.leftovers()).isEmpty();
    assertThat(late.retained()).extracting(Savepoint::id).containsExactly(savepoint(5));
    assertThat(late.retained().get(0).takenAt()).isEqualTo(minute(0));

    JobHistory condemned = after(asked(5, 1, 0), failed(5, 2), condemned(5, 3), retained(5, 4));
    assertThat(condemned.retained()).isEmpty();
    assertThat(condemned.leftovers()).hasSize(1);
  }

  @Test
  void aTriggerIsNotAskedForAgainOnceItHasFailed() {
    JobHistory h = after(asked(5, 1, 0), failed(5, 2), asked(5, 1, 3));

    assertThat(h.openTriggers()).isEmpty();
    assertThat(h.leftovers()).hasSize(1);
  }

  @Test
  void quarantineKeepsASavepointAndTakesItOutOfUse() {
    JobHistory h = after(asked(5, 1, 0), retained(5, 1), quarantined(5, 2));

    assertThat(h.retained()).isEmpty();
    assertThat(h.expired()).isEmpty();
    assertThat(h.quarantined()).extracting(Savepoint::id).containsExactly(savepoint(5));
  }

  @Test
  void aQuarantinedSavepointIsCleared() {
    JobHistory h =
        after(
            asked(5, 1, 0),
            retained(5, 1),
            quarantined(5, 2),
            new Event.SavepointCleared(minute(3), JOB, savepoint(5)));

    assertThat(h.retained()).hasSize(1);
  }

  @Test
  void nothingBringsBackWhatIsCondemnedOrDeleted() {
    Event clear = new Event.SavepointCleared(minute(9), JOB, savepoint(5));

    assertThat(
            after(asked(5, 1, 0), retained(5, 1), expired(5, 2), quarantined(5, 3), clear)
                .expired())
        .hasSize(1);
    assertThat(
            after(
                    asked(5, 1, 0),
                    retained(5, 1),
                    expired(5, 2),
                    deleted(5, 3),
                    quarantined(5, 4),
                    clear)
                .savepoint(savepoint(5)))
        .map(Savepoint::state)
        .contains(Savepoint.State.DELETED);
  }

  @Test
  void aPinIsTakenOffAgain() {
    Event pin = new Event.SavepointPinned(minute(2), JOB, savepoint(5));
    Event unpin = new Event.SavepointUnpinned(minute(3), JOB, savepoint(5));

    assertThat(after(asked(5, 1, 0), retained(5, 1)).retained().get(0).pinned()).isFalse();
    assertThat(after(asked(5, 1, 0), retained(5, 1), pin).retained().get(0).pinned()).isTrue();
    assertThat(after(asked(5, 1, 0), retained(5, 1), pin, unpin).retained().get(0).pinned())
        .isFalse();
  }

  @Test
  void anAdoptedSavepointIsRetainedWithoutARun() {
    JobHistory h = after(asked(5, 1, 0), retained(5, 1), adopted(8, 9), adopted(8, 9));

    assertThat(h.retained()).extracting(Savepoint::id).containsExactly(savepoint(8), savepoint(5));
    Savepoint savepoint = h.retained().get(0);
    assertThat(savepoint.run()).isEmpty();
    assertThat(savepoint.takenAt()).isEqualTo(minute(8));
    assertThat(savepoint.outside()).containsExactly("hdfs://nn:9000/shared");
  }

  @Test
  void ordersStandUntilLifted() {
    Event stop = new Event.StopWanted(minute(1), JOB);
    Event start = new Event.StartWanted(minute(2), JOB, "by command");
    Event hold = new Event.JobHeld(minute(3), JOB, "died 5 times");
    Event release = new Event.JobReleased(minute(4), JOB);

    assertThat(after(stop).orders().stopWanted()).contains(minute(1));
    assertThat(after(stop, start).orders().stopWanted()).isEmpty();
    assertThat(after(hold).orders().hold()).contains(new Orders.Hold(minute(3), "died 5 times"));
    assertThat(after(hold, start).orders().hold()).isPresent();
    assertThat(after(hold, release).orders().hold()).isEmpty();
    assertThat(after(hold, release).orders().forgivenAt()).contains(minute(4));
  }

  @Test
  void compactionKeepsOrdersPinsAndLeftovers() {
    List<Event> events = new ArrayList<>();
    events.addAll(List.of(asked(5, 1, 0), failed(5, 1), asked(6, 1, 2), retained(6, 3)));
    events.addAll(List.of(asked(7, 1, 4), failed(7, 5), condemned(7, 6), gone(7, 7)));
    events.add(new Event.SavepointPinned(minute(4), JOB, savepoint(6)));
    events.addAll(List.of(adopted(8, 9), quarantined(8, 10)));
    for (int i = 0; i < 3; i++) {
      events.add(new Event.StopWanted(minute(20 + i), JOB));
      events.add(new Event.StartWanted(minute(20 + i), JOB, "by command"));
      events.add(new Event.JobReleased(minute(20 + i), JOB));
      events.add(new Event.JobHeld(minute(20 + i), JOB, "died again"));
    }

    List<Event.OfJob> kept = Compaction.keep(events);

    assertThat(fold(kept)).isEqualTo(fold(events));
    assertThat(kept).filteredOn(Event.Order.class::isInstance).hasSize(4);
    assertThat(Compaction.keep(kept)).isEqualTo(kept);
  }

  private static Event.SavepointFailed failed(int trigger, long minute) {
    return new Event.SavepointFailed(minute(minute), JOB, trigger(trigger), "timed out");
  }

  private static Event condemned(int trigger, long minute) {
    return new Event.LeftoverExpired(minute(minute), JOB, trigger(trigger));
  }

  private static Event gone(int trigger, long minute) {
    return new Event.LeftoverDeleted(minute(minute), JOB, trigger(trigger));
  }

  private static Event quarantined(int savepoint, long minute) {
    return new Event.SavepointQuarantined(minute(minute), JOB, savepoint(savepoint), "cut short");
  }

  private static JobHistory after(Event... events) {
    return fold(List.of(events));
  }

  private static JobHistory fold(List<? extends Event> events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.of(JOB);
  }
}
