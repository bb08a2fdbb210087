package io.savepointd.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads a ledger's files into events. */
final class LedgerContents {
  /** More events than these are compacted before the next segment is read. */
  private static final int MANY_EVENTS = 20_000;

  private final SegmentStore store;
  private final SegmentReader reader;

  LedgerContents(SegmentStore store, EventCodec codec) {
    this.store = store;
    this.reader = new SegmentReader(codec);
  }

  /**
   * What the snapshot and the segments after it say of jobs, in order. Who opened and closed them
   * is left out, as nobody asks for that of more than one segment; and of a long ledger what {@link
   * Compaction} drops, so that never more is in memory than what is kept and one segment.
   */
  Read read(LedgerLayout layout) throws IOException {
    List<Event.OfJob> events = new ArrayList<>();
    OptionalLong length = OptionalLong.empty();
    int enough = MANY_EVENTS;
    if (layout.snapshot() > 0) {
      addTo(events, snapshot(LedgerLayout.snapshotName(layout.snapshot())));
    }
    for (long number : layout.segments()) {
      if (events.size() > enough) {
        events = Compaction.keep(events);
        enough = Math.max(MANY_EVENTS, 2 * events.size());
      }
      Segment segment = segment(LedgerLayout.segmentName(number));
      if (length.isPresent() && segment.lengthBefore().isPresent()) {
        requireLength(number - 1, length.getAsLong(), segment.lengthBefore().getAsLong());
      }
      length = OptionalLong.of(segment.length());
      addTo(events, segment);
    }
    return new Read(events, length);
  }

  /**
   * What was read.
   *
   * @param lastLength of the last segment's whole lines, in bytes; empty if there is none
   */
  record Read(List<Event.OfJob> events, OptionalLong lastLength) {}

  /** A reader may see less of a segment that is being followed by the next at this moment. */
  private void requireLength(long number, long seen, long said) throws IOException {
    String name = LedgerLayout.segmentName(number);
    if (seen == said || !store.closed(name)) {
      return;
    }
    Segment again = segment(name);
    if (again.length() != said) {
      throw new LedgerUnreadable(
          store.address(name),
          again.lines() + 1,
          "the segment ends here after "
              + again.length()
              + " bytes, but had "
              + said
              + " when the next one was begun; nothing is done until it is put back whole");
    }
  }

  private static void addTo(List<Event.OfJob> events, Segment segment) {
    for (Event event : segment.events()) {
      if (event instanceof Event.OfJob ofJob) {
        events.add(ofJob);
      }
    }
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
