package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.JobName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a probe finds on a storage that is as it should be, and what it leaves there: nothing. */
@Timeout(60)
abstract class StorageProbeContract {
  private static final String OLD = "doctor-0123456789abcdef0123456789abcdef";
  private static final String YOUNG = "doctor-ffffffffffffffffffffffffffffffff";

  private StorageProbe opened;

  /** A root that isn't there yet, below one that is. */
  abstract String root();

  abstract void write(String path, String content) throws IOException;

  abstract void touch(String path, Instant modifiedAt) throws IOException;

  /** Everything above, at and below the root. */
  abstract Map<String, String> tree() throws IOException;

  final StorageProbe probe() throws IOException {
    if (opened == null) {
      opened = HadoopStorageProbe.open(root(), Optional.empty(), 0, Clock.systemUTC());
    }
    return opened;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private void takeEveryStep() throws IOException {
    StorageProbe probe = probe();
    probe.write();
    probe.createAgain();
    probe.rename();
    probe.append();
    probe.guard();
    probe.delete();
  }

  @Test
  void takesEveryStepAndLeavesNothingEvenWhereThereWasNoRoot() throws IOException {
    Map<String, String> before = tree();

    assertThat(probe().reach().access()).isEmpty();
    assertThat(probe().safeMode()).isFalse();
    takeEveryStep();

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void leavesWhatWasThereAsItWas() throws IOException {
    write(root() + "/averaging/0123456789abcdef0123456789abcdef/savepoint-a/_metadata", "state");
    write(root() + "/.savepointd/ledger/0000000001.jsonl", "line\n");
    Map<String, String> before = tree();

    assertThat(probe().reach().access().orElseThrow()).startsWith("drwx");
    takeEveryStep();

    assertThat(tree()).isEqualTo(before);
    assertThat(probe().ledgerFiles()).isEqualTo(new StorageProbe.Files(1, 5));
    assertThat(probe().closedTo(Set.of(new JobName("averaging")))).isEmpty();
  }

  @Test
  void removesItsDirectoryWhenItIsClosedHalfWay() throws IOException {
    Map<String, String> before = tree();
    probe().write();
    assertThat(tree().keySet()).anyMatch(path -> path.contains("/.savepointd/doctor-"));

    probe().close();

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void sweepsWhatAKilledOneLeftAndNothingElse() throws IOException {
    Instant longAgo = Instant.now().minus(Duration.ofMinutes(61));
    for (String name : new String[] {OLD, YOUNG, "doctor-of-mine", OLD + "0"}) {
      write(root() + "/.savepointd/" + name + "/written", "x");
      if (!name.equals(YOUNG)) {
        touch(root() + "/.savepointd/" + name, longAgo);
      }
    }

    takeEveryStep();

    assertThat(tree().keySet())
        .noneMatch(path -> path.endsWith(OLD + "/written"))
        .anyMatch(path -> path.endsWith(YOUNG + "/written"))
        .anyMatch(path -> path.endsWith("doctor-of-mine/written"))
        .anyMatch(path -> path.endsWith(OLD + "0/written"));
  }

  @Test
  void standsInNobodysWay() throws IOException {
    probe().write();

    try (SavepointStore store =
        HadoopSavepointStore.open(root(), Optional.empty(), new TextMetadata())) {
      assertThat(store.survey()).isEmpty();
      assertThat(store.anythingUnder(new JobName("averaging"))).isFalse();
    }
  }

  @Test
  void readsTheStoragesClockAndRoom() throws IOException {
    StorageProbe.Written written = probe().write();

    assertThat(written.clock().ahead().abs()).isLessThan(Duration.ofSeconds(2));
    assertThat(written.copiesMade()).isBetween(1, written.copiesWanted());
    StorageProbe.Space space = probe().space();
    assertThat(space.free()).isPositive().isLessThanOrEqualTo(space.capacity());
  }
}
