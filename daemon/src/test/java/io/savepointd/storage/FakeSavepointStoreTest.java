package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.JobName;
import java.io.IOException;
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
  void anOutageFailsEveryCallUntilItEnds() throws IOException {
    String path = store.writeSavepoint(directory());
    store.unavailable("name node in safe mode");

    assertThatThrownBy(() -> store.verify(path)).isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.savepointsIn(directory())).hasMessageContaining("safe mode");
    assertThatThrownBy(() -> store.anythingUnder(new JobName("averaging")))
        .isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.delete(savepoint(path))).isInstanceOf(StorageUnavailable.class);

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
