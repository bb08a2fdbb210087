package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotsTest {
  private static final int MANY = Snapshots.MANY_SEGMENTS + 1;

  private final MemoryDisk disk = new MemoryDisk();
  private List<JobHistory> before = List.of();

  @BeforeEach
  void manySegmentsWithARunInEach() throws Exception {
    for (int i = 1; i <= MANY; i++) {
      try (Ledger ledger = open(disk.store())) {
        ledger.append(List.of(SampleEvents.intended(i, new Origin.Empty(), i)));
        before = ledger.history().jobs();
      }
    }
    assertThat(disk.names()).hasSize(MANY);
  }

  @Test
  void manySegmentsBecomeOneSnapshot() throws Exception {
    try (Ledger ledger = open(disk.store())) {
      assertThat(ledger.history().jobs()).isEqualTo(before);
      assertThat(disk.names())
          .containsExactly(LedgerLayout.segmentName(MANY + 1), LedgerLayout.snapshotName(MANY));
    }
    assertReadsAsBefore();
  }

  @Test
  void numbersGoOnAfterASnapshot() throws Exception {
    open(disk.store()).close();
    open(disk.store()).close();

    assertThat(disk.names())
        .containsExactly(
            LedgerLayout.segmentName(MANY + 1),
            LedgerLayout.segmentName(MANY + 2),
            LedgerLayout.snapshotName(MANY));
    assertReadsAsBefore();
  }

  @Test
  void aSnapshotThatCannotBeNamedIsTriedAgainNextTime() throws Exception {
    FaultySegments store = new FaultySegments(disk.store());
    store.failRename = true;

    try (Ledger ledger = open(store)) {
      assertThat(ledger.history().jobs()).isEqualTo(before);
    }
    assertThat(disk.names()).hasSize(MANY + 2).anyMatch(name -> name.endsWith(".tmp"));
    assertReadsAsBefore();

    open(disk.store()).close();
    assertThat(disk.names())
        .containsExactly(LedgerLayout.segmentName(MANY + 2), LedgerLayout.snapshotName(MANY + 1));
    assertReadsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MANY / 2, MANY - 1})
  void aCrashBetweenTwoDeletionsLosesAndDoublesNothing(int deletions) throws Exception {
    FaultySegments store = new FaultySegments(disk.store());
    store.deletions.set(deletions);

    open(store).close();

    assertThat(disk.names()).hasSize(MANY + 2 - deletions);
    assertReadsAsBefore();
    open(disk.store()).close();
    assertThat(disk.names()).hasSize(3);
    assertReadsAsBefore();
  }

  @Test
  void aSnapshotCutShortIsDamage() throws Exception {
    open(disk.store()).close();
    String snapshot = LedgerLayout.snapshotName(MANY);
    String text = disk.text(snapshot);
    disk.remove(snapshot);
    disk.append(snapshot, text.substring(0, text.lastIndexOf("{\"v\":1,\"type\":\"closed\"")));

    assertThatThrownBy(() -> open(disk.store()))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageContaining(snapshot)
        .hasMessageContaining("cut short");
  }

  private void assertReadsAsBefore() throws IOException {
    assertThat(directory(disk.store()).read().history().jobs()).isEqualTo(before);
  }

  private static Ledger open(SegmentStore store) throws LedgerHeld, IOException {
    return directory(store).tryOpen(lost -> {});
  }

  private static LedgerDirectory directory(SegmentStore store) {
    return new LedgerDirectory(
        new LedgerContext(
            store,
            new LedgerSettings(Duration.ofHours(1), Duration.ofHours(2), 1 << 20, 0),
            new EventCodec(),
            SampleEvents.owner("a"),
            ProcessTableTest.table(true, Map.of()),
            Clock.fixed(SampleEvents.minute(1000), ZoneOffset.UTC),
            new SteppedTime()));
  }
}
