package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How every savepoint store deletes: all of it, only it, from whatever state. */
abstract class DeletionContract {
  static final String ID = "0123456789abcdef0123456789abcdef";

  /** The store under test, empty at each test's start. */
  abstract SavepointStore store();

  /** Writes a file, and the directories above it. */
  abstract void write(String path, String content) throws IOException;

  /** Makes a directory, and those above it. */
  abstract void makeDirectory(String path) throws IOException;

  /** Makes a file or directory look as if it had last changed then. */
  abstract void touch(String path, Instant modifiedAt) throws IOException;

  /** Everything on the storage, in and beside the root, with its content. */
  abstract Map<String, String> tree() throws IOException;

  /** A directory outside the root, on the same storage. */
  final String beside() {
    String root = store().root();
    return root.substring(0, root.lastIndexOf('/')) + "/beside";
  }

  final String directory() {
    return store().root() + "/averaging/" + ID;
  }

  final String tombstone() {
    return store().root() + "/.savepointd/trash/averaging-" + ID;
  }

  final Savepoint savepoint(String path) {
    return new Savepoint(
        new SavepointId(ID),
        new JobName("averaging"),
        new RunId("f".repeat(32)),
        new Occasion.Requested(),
        SavepointFormat.CANONICAL,
        path,
        Instant.EPOCH,
        1,
        Savepoint.State.EXPIRED);
  }

  final Savepoint savepoint() {
    return savepoint(directory() + "/savepoint-aabbcc-0123456789ab");
  }

  /** All that must survive a deletion; the job's directory and the trash are among it. */
  final void plantNeighbours() throws IOException {
    write(store().root() + "/.savepointd/ledger/00000001", "an intent");
    write(store().root() + "/.savepointd/trash/averaging-" + ID.replace('0', '1') + "/x", "");
    write(store().root() + "/averaging/" + ID.replace('0', '1') + "/savepoint-1/_metadata", "");
    write(store().root() + "/averaging/" + ID + "0/file", "");
    write(store().root() + "/averaging-2/" + ID + "/savepoint-1/_metadata", "");
    write(beside() + "/averaging/" + ID + "/savepoint-1/_metadata", "");
  }

  private void plantSavepoint() throws IOException {
    write(savepoint().path() + "/_metadata", "");
    write(savepoint().path() + "/deep/down/state", "");
    write(directory() + "/savepoint-of-a-first-try/half", "");
  }

  @Test
  void deletesTheTriggerDirectoryAndNothingElse() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    plantSavepoint();

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void deletesTheFirstSavepointThatEverWent() throws IOException {
    plantSavepoint();

    store().delete(savepoint());

    assertThat(tree().keySet())
        .noneMatch(path -> path.contains(ID))
        .anyMatch(path -> path.endsWith("/averaging/"));
    assertThat(store().anythingUnder(new JobName("averaging"))).isFalse();
  }

  @Test
  void deletingAgainIsHarmless() throws IOException {
    plantNeighbours();
    plantSavepoint();
    store().delete(savepoint());
    Map<String, String> after = tree();

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(after);
  }

  @Test
  void deletingWhatNeverWasChangesNothing() throws IOException {
    store().delete(savepoint());

    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void finishesAfterACrashBehindTheRename() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    write(tombstone() + "/savepoint-aabbcc-0123456789ab/_metadata", "1");

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void finishesWhenOnlyTheEmptyTombstoneIsLeft() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    makeDirectory(tombstone());

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void finishesWhenBothDirectoryAndTombstoneAreThere() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    plantSavepoint();
    write(tombstone() + "/savepoint-aabbcc-0123456789ab/state", "1");
    write(tombstone() + "/" + ID + "/state", "what a rename into the directory would hit");

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void deletesATriggerDirectoryThatIsEmptyByNow() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    makeDirectory(directory());

    store().delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  private void deleteTrigger() throws IOException {
    store().deleteTrigger(new JobName("averaging"), new TriggerId(ID));
  }

  @Test
  void deletesWhatAFailedTriggerHasLeft() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    write(directory() + "/savepoint-aabbcc-1/half", "1");
    write(directory() + "/.savepoint-aabbcc-1.inprogress/what", "2");
    write(directory() + "/file", "3");

    deleteTrigger();
    assertThat(tree()).isEqualTo(neighbours);

    deleteTrigger();
    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void deletesATriggersDirectoryThatNeverWas() throws IOException {
    deleteTrigger();

    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void finishesATriggersDeletionAfterACrash() throws IOException {
    plantNeighbours();
    Map<String, String> neighbours = tree();
    write(tombstone() + "/savepoint-aabbcc-1/half", "1");
    makeDirectory(directory());

    deleteTrigger();

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void refusesAFileInPlaceOfATriggersDirectory() throws IOException {
    write(directory(), "who made this?");
    Map<String, String> before = tree();

    assertThatIllegalArgumentException()
        .isThrownBy(this::deleteTrigger)
        .withMessageContaining("nothing is deleted");
    assertThat(tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ROOT",
        "ROOT/",
        "ROOT/averaging",
        "ROOT/averaging/ID",
        "ROOT/averaging/ID/",
        "ROOT/averaging/ID/savepoint-",
        "ROOT/averaging/ID/other-1",
        "ROOT/averaging/ID/savepoint-1/deeper",
        "ROOT/averaging/ID/savepoint-1/..",
        "ROOT/averaging/ID/../ID/savepoint-1",
        "ROOT/averaging/ID/savepoint-1 ",
        "ROOT/averaging/ID/x/../savepoint-1",
        "ROOT/averaging/1ID/savepoint-1",
        "ROOT/averaging-2/ID/savepoint-1",
        "ROOT/averaging/1123456789abcdef1123456789abcdef/savepoint-1",
        "ROOT/.savepointd/trash/averaging-ID/savepoint-1",
        "ROOT-2/averaging/ID/savepoint-1",
        "BESIDE/averaging/ID/savepoint-1",
        "averaging/ID/savepoint-1",
        "/averaging/ID/savepoint-1",
        "hdfs://elsewhere:9000/averaging/ID/savepoint-1",
        "elsewhere:/averaging/ID/savepoint-1",
      })
  void refusesAnyOtherPathAndChangesNothing(String path) throws IOException {
    plantNeighbours();
    plantSavepoint();
    write(directory() + "/savepoint-1/_metadata", "");
    Map<String, String> before = tree();
    String filled =
        path.replace("ROOT", store().root()).replace("BESIDE", beside()).replace("ID", ID);

    assertThatIllegalArgumentException().isThrownBy(() -> store().delete(savepoint(filled)));

    assertThat(tree()).isEqualTo(before);
  }
}
