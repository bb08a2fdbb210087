package io.savepointd.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces old segments by a snapshot; for the owner, before it begins its work or while it is at
 * it. A snapshot takes its name only once it is whole and durable, and from then on what it covers
 * is ignored, so that a crash anywhere in between loses nothing and doubles nothing.
 */
final class Snapshots {
  /** More segments than these are compacted, at the next opening or the next roll. */
  static final int MANY_SEGMENTS = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final LedgerContext context;

  Snapshots(LedgerContext context) {
    this.context = context;
  }

  /** The events of the ledger as it is from now on, compacted if that was due. */
  List<Event.OfJob> tidy(LedgerLayout layout, List<Event.OfJob> events) throws IOException {
    delete(layout.leftovers());
    if (layout.segments().size() <= MANY_SEGMENTS) {
      return events;
    }
    List<Event.OfJob> kept = Compaction.keep(events);
    write(layout.last(), kept, context.self().id());
    LOG.info(
        "event=ledger.compacted up_to={} events_before={} events_after={}",
        layout.last(),
        events.size(),
        kept.size());
    delete(LedgerLayout.of(context.store().list()).leftovers());
    return kept;
  }

  /** Stands for everything up to that number as if it had never been. */
  void coverWithNothing(long upTo) throws IOException {
    write(upTo, List.of(), context.self().id());
  }

  /**
   * Compacts what lies below the segment {@code current}, if that is due. Nobody writes there any
   * more, so that this may go on beside appends, and even after the ledger was lost. What others
   * have not finished yet is left to the next opening.
   */
  void mergeBelow(long current) throws IOException {
    LedgerLayout layout = LedgerLayout.of(context.store().list()).below(current);
    if (layout.segments().size() <= MANY_SEGMENTS) {
      return;
    }
    List<Event.OfJob> events = context.contents().read(layout).events();
    List<Event.OfJob> kept = Compaction.keep(events);
    write(layout.last(), kept, context.self().id() + "-" + current);
    LOG.info(
        "event=ledger.compacted up_to={} events_after={} while=held", layout.last(), kept.size());
    delete(LedgerLayout.of(context.store().list()).covered());
  }

  private void write(long upTo, List<Event.OfJob> kept, String by) throws IOException {
    Instant now = context.clock().instant();
    String unfinished = LedgerLayout.unfinishedSnapshotName(upTo, by);
    List<Event> events = new ArrayList<>();
    events.add(new Event.Opened(now, context.self()));
    events.addAll(kept);
    events.add(new Event.Closed(now));
    try (SegmentWriter writer = context.store().create(unfinished)) {
      writer.write(SegmentStream.lines(context.codec(), events));
      writer.sync();
    }
    context.store().rename(unfinished, LedgerLayout.snapshotName(upTo));
  }

  private void delete(List<String> names) throws IOException {
    for (String name : names) {
      context.store().delete(name);
    }
  }
}
