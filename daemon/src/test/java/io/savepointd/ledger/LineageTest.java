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

import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineageTest {
  private static final List<Event.OfJob> CHAIN =
      List.of(
          intended(1, new Origin.Empty(), 0),
          started(1, 1),
          asked(5, 1, 2),
          retained(5, 3),
          ended(1, RunEnd.FAILED, 4),
          intended(2, new Origin.Restored(path(5) + "/"), 5),
          started(2, 6));

  @Test
  void leadsFromTheNewestRunBackToTheFirst() {
    List<Lineage.Line> lines = Lineage.of(after(CHAIN));

    assertThat(lines).extracting(Lineage.Line::run).containsExactly(run(2), run(1));
    assertThat(lines.get(0).start())
        .isEqualTo(
            new Lineage.Start.FromSavepoint(savepoint(5), path(5), minute(2), Optional.of(run(1))));
    assertThat(lines.get(0).text())
        .isEqualTo(
            "run %s started from savepoint %s taken at %s from run %s, running since %s"
                .formatted(run(2), path(5), minute(2), run(1), minute(6)));
    assertThat(lines.get(1).text())
        .isEqualTo(
            "run %s started empty, failed at %s: TaskManager lost".formatted(run(1), minute(4)));
  }

  @Test
  void saysWhenAnOriginIsUnknown() {
    JobHistory h = after(List.of(intended(1, new Origin.Restored("hdfs://old/sp"), 0)));

    assertThat(Lineage.of(h).get(0).text())
        .isEqualTo(
            "run %s started from hdfs://old/sp, of which the ledger tells nothing, not known yet"
                    .formatted(run(1))
                + " to have started");
  }

  @Test
  void saysOfAnAdoptedRunThatItWasFound() {
    JobHistory h =
        after(List.of(new Event.RunAdopted(minute(0), JOB, run(1), CLUSTER, new Origin.Adopted())));

    assertThat(Lineage.of(h).get(0).start()).isEqualTo(new Lineage.Start.Adopted());
  }

  @Test
  void aStartNamesItsWholeDescent() {
    assertThat(Lineage.describe(CHAIN.get(6), after(CHAIN)))
        .contains(
            "run %s started from savepoint %s taken at %s from run %s"
                .formatted(run(2), path(5), minute(2), run(1)));
  }

  @Test
  void aRetainedSavepointNamesItsRun() {
    assertThat(Lineage.describe(retained(5, 3), after(CHAIN)))
        .contains(
            "savepoint %s taken at %s from run %s by schedule frequent retained (4567 bytes)"
                .formatted(path(5), minute(2), run(1)));
  }

  @Test
  void endsAndRemovalsSayWhy() {
    JobHistory h = after(CHAIN);

    assertThat(Lineage.describe(ended(1, RunEnd.FAILED, 4), h))
        .contains("run " + run(1) + " ended failed: TaskManager lost");
    assertThat(Lineage.describe(expired(5, 7), h))
        .contains("savepoint " + path(5) + " expired: more than keep-last = 5");
    assertThat(Lineage.describe(deleted(5, 7), h)).contains("savepoint " + path(5) + " deleted");
    assertThat(Lineage.describe(new Event.CancelIntended(minute(7), JOB, run(2), "--replace"), h))
        .contains("run " + run(2) + " is being cancelled: --replace");
    assertThat(
            Lineage.describe(
                new Event.RunAdopted(minute(7), JOB, run(2), CLUSTER, new Origin.Adopted()), h))
        .contains("run " + run(2) + " was found running on cluster main and adopted");
    assertThat(Lineage.describe(new Event.RunNotStarted(minute(7), JOB, run(2), "refused"), h))
        .contains("run " + run(2) + " was never started: refused");
    assertThat(Lineage.describe(new Event.SavepointFailed(minute(7), JOB, trigger(6), "late"), h))
        .contains("no savepoint came of trigger " + trigger(6) + ": late");
  }

  @Test
  void mereIntentsHaveNoLine() {
    JobHistory h = after(CHAIN);

    assertThat(Lineage.describe(CHAIN.get(0), h)).isEqualTo(Optional.empty());
    assertThat(Lineage.describe(asked(6, 2, 7), h)).isEmpty();
    assertThat(Lineage.describe(new Event.RunCheckpointed(minute(7), JOB, run(2)), h)).isEmpty();
  }

  private static JobHistory after(List<Event.OfJob> events) {
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return history.of(JOB);
  }
}
