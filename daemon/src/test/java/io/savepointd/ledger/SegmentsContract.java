package io.savepointd.ledger;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;

/** The contract for ledgers made of segments, with a fault to be had on any of them. */
abstract class SegmentsContract extends LedgerContract {
  private volatile FaultySegments last;

  /** One more client's view of the segments of this test. */
  abstract SegmentStore store() throws IOException;

  abstract LedgerSettings settings();

  abstract MonotonicTime time();

  @Override
  final Ledger tryOpen(String owner) throws LedgerHeld, IOException {
    FaultySegments store = new FaultySegments(store());
    Ledger ledger = directory(store, owner).tryOpen(lost -> {});
    last = store;
    return ledger;
  }

  final LedgerDirectory directory(SegmentStore store, String owner) {
    return new LedgerDirectory(
        new LedgerContext(
            store,
            settings(),
            new EventCodec(),
            SampleEvents.owner(owner),
            ProcessTableTest.table(true, Map.of()),
            Clock.fixed(SampleEvents.START, ZoneOffset.UTC),
            time()));
  }

  @Override
  final void failNextAppend(Ledger ledger, FakeLedger.Failure how) {
    last.failedSyncIsDurable = how == FakeLedger.Failure.DURABLE;
    last.failNextSync = true;
  }

  static LedgerSettings settings(Duration heartbeat, Duration silence) {
    return new LedgerSettings(heartbeat, silence, 1 << 20, 0);
  }
}
