package io.savepointd.ledger;

import java.time.Duration;

/** Shows that the disk of the other tests behaves as the real ones do. */
class MemoryLedgerTest extends SegmentsContract {
  private final MemoryDisk disk = new MemoryDisk();

  @Override
  SegmentStore store() {
    return disk.store();
  }

  @Override
  LedgerSettings settings() {
    return settings(Duration.ofMillis(20), Duration.ofSeconds(3));
  }

  @Override
  MonotonicTime time() {
    return MonotonicTime.system();
  }
}
