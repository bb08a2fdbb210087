package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How every savepoint store tells what lies under its root. */
abstract class SurveyContract extends DeletionContract {
  private static final JobName AVERAGING = new JobName("averaging");
  private static final TriggerId FIRST = new TriggerId(ID);
  private static final TriggerId SECOND = new TriggerId(ID.replace('0', '1'));

  private static Stored.Kind foreign() {
    return new Stored.Foreign();
  }

  private Stored.Kind kindOf(String path) throws IOException {
    List<Stored> there =
        store().survey().stream().filter(stored -> stored.path().equals(path)).toList();
    assertThat(there).as(path).hasSize(1);
    return there.get(0).kind();
  }

  @Test
  void nothingLiesUnderARootThatIsNotThereOrEmpty() throws IOException {
    assertThat(store().survey()).isEmpty();

    makeDirectory(store().root());
    assertThat(store().survey()).isEmpty();
  }

  @Test
  void findsEachTriggersDirectoryAndTheSavepointsInIt() throws IOException {
    String second = store().directoryOf(AVERAGING, SECOND);
    write(directory() + "/savepoint-b/_metadata", "");
    write(directory() + "/savepoint-a/half", "");
    write(directory() + "/savepoint-file", "");
    write(directory() + "/other/savepoint-c/_metadata", "");
    makeDirectory(second);

    assertThat(store().survey()).extracting(Stored::path).containsExactly(directory(), second);
    assertThat(kindOf(directory()))
        .isEqualTo(
            new Stored.OfTrigger(
                AVERAGING,
                FIRST,
                List.of(directory() + "/savepoint-a", directory() + "/savepoint-b")));
    assertThat(kindOf(second)).isEqualTo(new Stored.OfTrigger(AVERAGING, SECOND, List.of()));
  }

  @Test
  void knowsTheDirectoryOfARunsCheckpointsFromATriggers() throws IOException {
    write(directory() + "/chk-7/_metadata", "");
    makeDirectory(directory() + "/shared");
    makeDirectory(directory() + "/taskowned");
    String second = store().directoryOf(AVERAGING, SECOND);
    makeDirectory(second + "/shared");

    assertThat(kindOf(directory())).isEqualTo(new Stored.Checkpoints());
    assertThat(kindOf(second)).isEqualTo(new Stored.Checkpoints());
  }

  @Test
  void aTriggersDirectoryIsAsYoungAsItsYoungestChild() throws IOException {
    Instant old = Instant.parse("2026-01-02T03:04:05Z");
    Instant young = Instant.parse("2026-02-03T04:05:06Z");
    write(directory() + "/savepoint-a/half", "");
    makeDirectory(store().directoryOf(AVERAGING, SECOND));
    touch(directory() + "/savepoint-a", young);
    touch(directory(), old);
    touch(store().directoryOf(AVERAGING, SECOND), old);

    assertThat(store().survey()).extracting(Stored::modifiedAt).containsExactly(young, old);
  }

  @Test
  void findsTombstonesAndWhoseTheyWere() throws IOException {
    String trash = store().root() + "/.savepointd/trash/";
    write(tombstone() + "/savepoint-1/_metadata", "");
    makeDirectory(trash + "a-job-with-hyphens-" + SECOND);
    makeDirectory(trash + "of-nobody");
    makeDirectory(trash + "-" + ID);
    makeDirectory(trash + ID);
    write(trash + "averaging-" + SECOND, "a file");

    assertThat(kindOf(tombstone())).isEqualTo(tombstoneOf("averaging", FIRST));
    assertThat(kindOf(trash + "a-job-with-hyphens-" + SECOND))
        .isEqualTo(tombstoneOf("a-job-with-hyphens", SECOND));
    for (String name : List.of("of-nobody", "-" + ID, ID)) {
      assertThat(kindOf(trash + name)).isEqualTo(new Stored.Tombstone(Optional.empty()));
    }
    assertThat(kindOf(trash + "averaging-" + SECOND)).isEqualTo(foreign());
  }

  private static Stored.Kind tombstoneOf(String job, TriggerId trigger) {
    return new Stored.Tombstone(Optional.of(new Stored.Owner(new JobName(job), trigger)));
  }

  @Test
  void everythingElseIsForeign() throws IOException {
    List<String> files =
        List.of("/README", "/averaging/notes", "/averaging/" + ID.replace('0', '2'));
    List<String> directories =
        List.of(
            "/-no-name",
            "/averaging/savepoint-made-by-hand",
            "/averaging/" + ID + "0",
            "/averaging/" + ID.toUpperCase(java.util.Locale.ROOT));
    for (String file : files) {
      write(store().root() + file, "");
    }
    for (String directory : directories) {
      write(store().root() + directory + "/deep/down", "");
    }

    for (String path : files) {
      assertThat(kindOf(store().root() + path)).as(path).isEqualTo(foreign());
    }
    for (String path : directories) {
      assertThat(kindOf(store().root() + path)).as(path).isEqualTo(foreign());
    }
    assertThat(store().survey()).hasSize(files.size() + directories.size());
  }

  @Test
  void neitherTheLedgerNorAnEmptyJobIsAnythingToReport() throws IOException {
    write(store().root() + "/.savepointd/ledger/00000001", "an intent");
    write(store().root() + "/.savepointd/lock", "");
    makeDirectory(store().root() + "/.savepointd/trash");
    makeDirectory(store().root() + "/averaging");

    assertThat(store().survey()).isEmpty();
  }

  @Test
  void filesInPlaceOfOurOwnDirectoriesAreForeign() throws IOException {
    write(store().root() + "/.savepointd/trash", "");
    assertThat(kindOf(store().root() + "/.savepointd/trash")).isEqualTo(foreign());
  }

  @Test
  void nothingIsLeftToReportAfterADeletion() throws IOException {
    write(savepoint().path() + "/_metadata", "");

    store().delete(savepoint());

    assertThat(store().survey()).isEmpty();
  }
}
