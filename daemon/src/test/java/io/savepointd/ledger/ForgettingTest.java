package io.savepointd.ledger;

import static io.savepointd.ledger.SampleEvents.JOB;
import static io.savepointd.ledger.SampleEvents.asked;
import static io.savepointd.ledger.SampleEvents.intended;
import static io.savepointd.ledger.SampleEvents.minute;
import static io.savepointd.ledger.SampleEvents.path;
import static io.savepointd.ledger.SampleEvents.retained;
import static io.savepointd.ledger.SampleEvents.run;
import static io.savepointd.ledger.SampleEvents.savepoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForgettingTest {
  private static final Origin EMPTY = new Origin.Empty();

  @Test
  void forgetsOldDeletedSavepointsExceptThoseARunWasRestoredFrom() {
    List<Event> events = new ArrayList<>(SampleEvents.wholeLife(1, 1, 0));
    events.add(intended(2, new Origin.Restored(path(1)), 0));
    for (int i = 2; i <= Forgetting.DELETED_SAVEPOINTS + 10; i++) {
      events.addAll(SampleEvents.wholeLife(i, 1, 10L * i));
    }
    int last = Forgetting.DELETED_SAVEPOINTS + 11;
    events.add(asked(last, 1, 10L * last));
    events.add(retained(last, 10L * last));

    JobHistory h = fold(events).get(0);

    assertThat(h.savepoints()).hasSize(Forgetting.DELETED_SAVEPOINTS + 2);
    assertThat(h.savepoint(savepoint(1))).isPresent();
    assertThat(h.savepoint(savepoint(2))).isEmpty();
    assertThat(h.retained()).extracting(Savepoint::id).containsExactly(savepoint(last));
  }

  @Test
  void forgetsOldRunsExceptThoseThatRetainedSavepointsWereTakenFrom() {
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= Forgetting.RUNS_OVER + 10; i++) {
      events.add(intended(i, EMPTY, i));
      if (i == 3) {
        events.addAll(List.of(asked(5, 3, i), retained(5, i)));
      }
      events.add(SampleEvents.ended(i, RunEnd.FAILED, i));
    }
    events.add(intended(9999, EMPTY, 9999));

    JobHistory h = fold(events).get(0);

    assertThat(h.runs()).hasSize(Forgetting.RUNS_OVER + 3);
    assertThat(h.run(run(3))).isPresent();
    assertThat(h.run(run(9))).isEmpty();
    assertThat(h.run(run(10))).isPresent();
    assertThat(h.openRun().orElseThrow().id()).isEqualTo(run(9999));
  }

  @Test
  void aJobThatEverRanMayHaveStateHoweverOftenItFailedToStartSince() {
    List<Event> events = new ArrayList<>();
    events.add(intended(1, EMPTY, 0));
    events.add(SampleEvents.ended(1, RunEnd.FAILED, 1));
    for (int i = 2; i <= Forgetting.RUNS_OVER + 10; i++) {
      events.add(intended(i, EMPTY, i));
      events.add(new Event.RunNotStarted(minute(i), JOB, run(i), "jar refused"));
    }

    JobHistory h = fold(events).get(0);

    assertThat(h.runs()).hasSize(Forgetting.RUNS_OVER + 1);
    assertThat(h.mayHaveState()).isTrue();
  }

  private static List<JobHistory> fold(List<Event> events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.jobs();
  }
}
