package io.savepointd.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a ledger's files into events. */
final class LedgerContents {
  private final SegmentStore store;
  private final SegmentReader reader;

  LedgerContents(SegmentStore store, EventCodec codec) {
    this.store = store;
    this.reader = new SegmentReader(codec);
  }

  /** Every event of the snapshot and the segments after it, in order. */
  List<Event> read(LedgerLayout layout) throws IOException {
    List<Event> events = new ArrayList<>();
    if (layout.snapshot() > 0) {
      events.addAll(snapshot(LedgerLayout.snapshotName(layout.snapshot())).events());
    }
    for (long number : layout.segments()) {
      events.addAll(segment(LedgerLayout.segmentName(number)).events());
    }
    return events;
  }

  /** One segment, up to what is visible of it. */
  Segment segment(String name) throws IOException {
    return reader.read(store.address(name), store.read(name, 0));
  }

  /** A snapshot got its name only when it was whole, so that a cut one is damage. */
  private Segment snapshot(String name) throws IOException {
    Segment snapshot = segment(name);
    if (!snapshot.endsInOrder() || snapshot.tornBytes() > 0) {
      throw new LedgerUnreadable(
          store.address(name),
          snapshot.events().size() + 1,
          "the snapshot is cut short; nothing is done until it is put back whole");
    }
    return snapshot;
  }
}
