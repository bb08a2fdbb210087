package io.savepointd.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Orders;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.StorageUnavailable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ledgers made from nothing but what lies on storage. */
class RebuildTest {
  private static final JobName OTHER = new JobName("other");

  private final FakeSavepointStore store = new FakeSavepointStore();

  @Test
  void takesEveryGoodSavepointInAsIfItHadBeenAdopted() throws Exception {
    String older = write(2, 10);
    String newer = write(1, 20);

    JobHistory job = rebuilt().of(Told.JOB);

    assertThat(job.retained()).extracting(Savepoint::path).containsExactly(newer, older);
    assertThat(job.retained())
        .extracting(Savepoint::id)
        .containsExactly(Told.savepoint(1), Told.savepoint(2));
    assertThat(job.retained().get(0).takenAt()).isEqualTo(Instant.ofEpochSecond(20));
    assertThat(job.retained().get(0).bytes()).isGreaterThan(100);
    assertThat(job.orders().hold()).isEmpty();
  }

  @Test
  void takesJobsInThatNobodyHasConfigured() throws Exception {
    store.writeSavepoint(store.directoryOf(OTHER, Told.trigger(3)));

    assertThat(rebuilt().of(OTHER).retained()).hasSize(1);
  }

  /** Rule 4: without its history it would look like a new job and be started without state. */
  @Test
  void holdsAConfiguredJobOfWhichNothingIsThere() throws Exception {
    assertThat(rebuilt().of(Told.JOB).orders().hold().map(Orders.Hold::reason).orElseThrow())
        .contains("its history was lost with the ledger, and no good savepoint")
        .contains("start averaging --empty");
  }

  @Test
  void holdsAJobWhoseNewestSavepointIsDamaged() throws Exception {
    String good = write(1, 10);
    String bad = write(2, 20);
    store.damage(bad);
    touch(bad, 20);

    JobHistory job = rebuilt().of(Told.JOB);

    assertThat(job.retained()).extracting(Savepoint::path).containsExactly(good);
    assertThat(job.orders().hold().map(Orders.Hold::reason).orElseThrow()).contains(bad);
  }

  @Test
  void goesOnPastADamagedSavepointThatIsOlder() throws Exception {
    write(2, 20);
    String bad = write(1, 10);
    store.damage(bad);
    touch(bad, 10);

    assertThat(rebuilt().of(Told.JOB).orders().hold()).isEmpty();
    assertThat(plan().rows()).extracting(RebuildPlan.Row::takenIn).containsExactly(true, false);
    assertThat(plan().rows().get(1).reason()).startsWith("damaged: ");
  }

  @Test
  void goesOnPastASavepointThatWasNeverFinished() throws Exception {
    write(1, 10);
    store.makeDirectory(store.directoryOf(Told.JOB, Told.trigger(2)) + "/savepoint-1");

    assertThat(rebuilt().of(Told.JOB).orders().hold()).isEmpty();
    assertThat(plan().rows().get(1).reason()).startsWith("never finished: ");
  }

  /** Their directory is deleted as a whole. */
  @Test
  void takesTheNewerOfTwoInOneDirectory() throws Exception {
    write(1, 10);
    String newer = write(1, 20);

    assertThat(rebuilt().of(Told.JOB).retained())
        .extracting(Savepoint::path)
        .containsExactly(newer);
    assertThat(plan().rows().get(1).reason()).contains("newer one in the same directory");
  }

  @Test
  void writesNothingButAdoptionsAndHolds() throws Exception {
    write(1, 10);

    assertThat(new Rebuild(List.of(Told.JOB, OTHER)).plan(Rebuild.look(store), Told.START).events())
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Event.SavepointAdopted.class),
            second ->
                assertThat(second)
                    .isInstanceOfSatisfying(
                        Event.JobHeld.class, h -> assertThat(h.job()).isEqualTo(OTHER)));
  }

  /** Else the newest might be passed over for being out of reach. */
  @Test
  void makesNothingOfAStorageThatDoesNotAnswer() {
    write(1, 10);
    store.unavailable("connection refused");

    assertThatThrownBy(() -> Rebuild.look(store)).isInstanceOf(StorageUnavailable.class);
  }

  private RebuildPlan plan() throws StorageUnavailable {
    return new Rebuild(List.of(Told.JOB)).plan(Rebuild.look(store), Told.START);
  }

  private History rebuilt() throws StorageUnavailable {
    History history = History.empty();
    for (Event event : plan().events()) {
      history = history.apply(event);
    }
    return history;
  }

  private String write(int trigger, long second) {
    String path = store.writeSavepoint(store.directoryOf(Told.JOB, Told.trigger(trigger)));
    touch(path, second);
    return path;
  }

  private void touch(String savepoint, long second) {
    store.touch(savepoint + "/_metadata", Instant.ofEpochSecond(second));
  }
}
