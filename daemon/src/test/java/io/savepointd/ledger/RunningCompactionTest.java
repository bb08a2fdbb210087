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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compaction beside an owner that goes on appending. */
class RunningCompactionTest {
  private static final int MANY = Snapshots.MANY_SEGMENTS + 1;

  private final MemoryDisk disk = new MemoryDisk();
  private final FaultySegments store = new FaultySegments(disk.store());

  @Test
  void anOwnerThatRollsLeavesAShortLedger() throws Exception {
    store.renamed = new CountDownLatch(2);
    try (Ledger ledger = open("a", 10)) {
      int run = 0;
      while (store.renamed.getCount() > 0 && run < 3000) {
        run++;
        ledger.append(List.of(SampleEvents.intended(run, new Origin.Empty(), run)));
        ledger.append(List.of(SampleEvents.started(run, run)));
      }
      assertThat(store.renamed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(ledger.held()).isTrue();
      assertReadsAs(ledger);
    }
  }

  @Test
  void mergesOnlyWhatLiesBelowTheSegmentInUse() throws Exception {
    try (Ledger ledger = manySegments()) {
      merge(ledger);

      assertThat(disk.names())
          .containsExactly(LedgerLayout.segmentName(MANY + 1), LedgerLayout.snapshotName(MANY));
      assertReadsAs(ledger);
      ledger.append(List.of(SampleEvents.started(1, 99)));
      assertReadsAs(ledger);
    }
    assertReadsAs(open("b", 1 << 20));
  }

  @Test
  void aFewSegmentsAreLeftAlone() throws Exception {
    try (Ledger ledger = open("a", 1 << 20)) {
      merge(ledger);

      assertThat(disk.names()).containsExactly(LedgerLayout.segmentName(1));
    }
  }

  @Test
  void aCrashBeforeTheSnapshotHasItsNameChangesNothing() throws Exception {
    try (Ledger ledger = manySegments()) {
      store.failNextCreate = true;
      assertThatThrownBy(() -> merge(ledger)).isInstanceOf(IOException.class);
      assertReadsAs(ledger);

      store.failNextSync = true;
      assertThatThrownBy(() -> merge(ledger)).isInstanceOf(IOException.class);
      assertReadsAs(ledger);
      disk.names().stream().filter(n -> n.endsWith(".tmp")).forEach(disk::remove);

      store.failRename = true;
      assertThatThrownBy(() -> merge(ledger)).isInstanceOf(IOException.class);
      assertReadsAs(ledger);
      ledger.append(List.of(SampleEvents.started(1, 99)));
      assertThat(disk.names()).hasSize(MANY + 2);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MANY / 2, MANY - 1})
  void aCrashBetweenTwoDeletionsLosesAndDoublesNothing(int deletions) throws Exception {
    try (Ledger ledger = manySegments()) {
      store.deletions.set(deletions);

      assertThatThrownBy(() -> merge(ledger)).isInstanceOf(IOException.class);

      assertThat(disk.names()).hasSize(MANY + 2 - deletions);
      assertReadsAs(ledger);
      ledger.append(List.of(SampleEvents.started(1, 99)));
      assertReadsAs(ledger);
    }
  }

  @Test
  void oneWhoHasLostTheLedgerMeanwhileHarmsNobody() throws Exception {
    Ledger lost = manySegments();
    disk.store().recover(LedgerLayout.segmentName(MANY + 1));
    try (Ledger next = open("b", 1 << 20)) {
      next.append(List.of(SampleEvents.started(1, 99)));
      String current = LedgerLayout.segmentName(MANY + 2);
      String others = LedgerLayout.unfinishedSnapshotName(MANY + 1, "b");
      disk.append(others, "being written");

      merge(lost);

      assertReadsAs(next);
      assertThat(disk.names()).contains(current, others);
    }
    lost.close();
  }

  private void merge(Ledger ledger) throws IOException {
    new Snapshots(context("a", 1 << 20)).mergeBelow(((SegmentedLedger) ledger).segment());
  }

  /** Held by a, in the segment after so many that it is time to compact them. */
  private Ledger manySegments() throws Exception {
    for (int i = 1; i <= MANY; i++) {
      String name = LedgerLayout.segmentName(i);
      disk.append(name, "");
      disk.replace(
          name,
          SegmentStream.lines(
              new EventCodec(),
              List.of(
                  new Event.Opened(SampleEvents.START, SampleEvents.owner("old")),
                  SampleEvents.intended(i, new Origin.Empty(), i),
                  SampleEvents.started(i, i))));
    }
    FaultySegments uncompacted = new FaultySegments(disk.store());
    uncompacted.failRename = true; // As it was before, so that the opening leaves them there.
    Ledger ledger = new LedgerDirectory(context(uncompacted, "a", 1 << 20)).tryOpen(loss -> {});
    disk.names().stream().filter(n -> n.endsWith(".tmp")).forEach(disk::remove);
    return ledger;
  }

  private void assertReadsAs(Ledger ledger) throws IOException {
    assertThat(new LedgerDirectory(context("reader", 10)).read().history().jobs())
        .isEqualTo(ledger.history().jobs());
  }

  private Ledger open(String owner, long segmentBytes) throws LedgerHeld, IOException {
    return new LedgerDirectory(context(owner, segmentBytes)).tryOpen(lost -> {});
  }

  private LedgerContext context(String owner, long segmentBytes) {
    return context(store, owner, segmentBytes);
  }

  private static LedgerContext context(SegmentStore store, String owner, long segmentBytes) {
    return new LedgerContext(
        store,
        new LedgerSettings(Duration.ofHours(1), Duration.ofHours(2), segmentBytes, 0),
        new EventCodec(),
        SampleEvents.owner(owner),
        ProcessTableTest.table(true, Map.of()),
        Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
        new SteppedTime());
  }
}
