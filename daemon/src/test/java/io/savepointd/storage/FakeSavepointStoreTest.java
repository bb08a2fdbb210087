package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeSavepointStoreTest extends SavepointStoreContract {
  private final FakeSavepointStore store = new FakeSavepointStore();

  @Override
  SavepointStore store() {
    return store;
  }

  @Override
  void write(String path, String content) {
    store.writeFile(path, content);
  }

  @Override
  void makeDirectory(String path) {
    store.makeDirectory(path);
  }

  @Override
  void touch(String path, Instant modifiedAt) {
    store.touch(path, modifiedAt);
  }

  @Override
  Map<String, String> tree() {
    return store.entries();
  }

  @Test
  void savepointItWritesIsGoodUntilDamagedOrGone() throws IOException {
    String first = store.writeSavepoint(directory());
    String second = store.writeSavepoint(directory());
    assertThat(store.savepointsIn(directory())).containsExactly(first, second);
    assertThat(store.verify(first)).isInstanceOf(Verification.Good.class);

    store.damage(first);
    store.vanish(second);

    assertThat(store.verify(first)).isInstanceOf(Verification.Damaged.class);
    assertThat(store.verify(second)).isInstanceOf(Verification.Missing.class);
    assertThat(store.savepointsIn(directory())).containsExactly(first);
  }

  @Test
  void onlyADeepLookFindsWhatHasRotten() throws IOException {
    String path = store.writeSavepoint(directory());

    store.rot(path);

    assertThat(store.verify(path)).isInstanceOf(Verification.Good.class);
    assertThat(store.verifyDeep(path)).isInstanceOf(Verification.Damaged.class);
  }

  @Test
  void datesWhatIsWrittenByItsClock() throws IOException {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    FakeSavepointStore dated =
        new FakeSavepointStore("hdfs://fake:9000/root", Clock.fixed(now, ZoneOffset.UTC));
    dated.writeSavepoint(dated.root() + "/averaging/" + ID);

    assertThat(dated.survey()).extracting(Stored::modifiedAt).containsExactly(now);
  }

  @Test
  void anOutageFailsEveryCallUntilItEnds() throws IOException {
    String path = store.writeSavepoint(directory());
    store.unavailable("name node in safe mode");

    assertThatThrownBy(() -> store.verify(path)).isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.savepointsIn(directory())).hasMessageContaining("safe mode");
    assertThatThrownBy(() -> store.anythingUnder(new JobName("averaging")))
        .isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.delete(savepoint(path))).isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.verifyDeep(path)).isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.survey()).isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.deleteTrigger(new JobName("averaging"), new TriggerId(ID)))
        .isInstanceOf(StorageUnavailable.class);

    store.available();
    assertThat(store.verify(path)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void aDeletionThatDiesBehindTheRenameCanBeFinished() throws IOException {
    String path = store.writeSavepoint(directory());
    store.failNextDeletionAfterRename();

    assertThatThrownBy(() -> store.delete(savepoint(path))).isInstanceOf(StorageUnavailable.class);
    assertThat(store.verify(path)).isInstanceOf(Verification.Missing.class);
    assertThat(store.entries().keySet()).anyMatch(entry -> entry.startsWith(tombstone()));

    store.delete(savepoint(path));
    assertThat(store.entries().keySet()).noneMatch(entry -> entry.contains(ID));
  }
}
