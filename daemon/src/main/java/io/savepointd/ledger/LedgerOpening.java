package io.savepointd.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process comes to own a ledger: nobody else may be alive on its last segment, every segment
 * is closed and read to its end, and the next number is created by us and nobody else.
 */
final class LedgerOpening {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);
  private static final Duration POLL_CLOSED = Duration.ofMillis(100);
  private static final Duration RECOVERY_DEADLINE = Duration.ofSeconds(60);

  private final LedgerContext context;
  private final SegmentStore store;
  private final MonotonicTime time;
  private final OwnerWatch watch;

  LedgerOpening(LedgerContext context) {
    this.context = context;
    this.store = context.store();
    this.time = context.time();
    this.watch = new OwnerWatch(context);
  }

  /** What was won: the stream to write to, and what was there before. */
  record Taken(SegmentStream stream, LedgerLayout layout, List<Event.OfJob> events) {}

  /**
   * To be called with the store's lock. Blocks for about the silence asked for and the recovery of
   * a lease, in the worst case.
   *
   * @param ours the last segment this process wrote, if it has opened this ledger before
   */
  Taken open(OptionalLong ours) throws LedgerHeld, IOException {
    LedgerLayout layout = watch.awaitNobodyAlive(ours);
    for (int i = layout.segments().size() - 1; i >= 0; i--) {
      closeForGood(LedgerLayout.segmentName(layout.segments().get(i)));
    }
    LedgerContents.Read read;
    try {
      read = context.contents().read(layout);
    } catch (NoSuchFileException e) {
      layout = afterMerging(layout, e);
      read = context.contents().read(layout);
    }
    new SpaceProbe(context).write();
    try {
      SegmentStream stream = SegmentStream.claim(context, layout.last() + 1, read.lastLength());
      return new Taken(stream, layout, read.events());
    } catch (SegmentTaken e) {
      throw watch.held(e);
    }
  }

  /** The last owner may still be merging what lies below its last segment. */
  private LedgerLayout afterMerging(LedgerLayout before, NoSuchFileException gone)
      throws IOException {
    LedgerLayout now = LedgerLayout.of(store.list());
    if (now.last() != before.last()) {
      throw gone;
    }
    return now;
  }

  /** What the old owner writes until the file is closed still counts, so it is read afterwards. */
  void closeForGood(String segment) throws IOException {
    if (store.closed(segment)) {
      return;
    }
    store.recover(segment);
    long since = time.nanos();
    while (!store.closed(segment)) {
      if (time.nanos() - since > RECOVERY_DEADLINE.toNanos()) {
        throw new IOException(
            store.address(segment)
                + " is still open "
                + RECOVERY_DEADLINE.toSeconds()
                + " s after its lease was recovered; are all DataNodes up that hold its last"
                + " block? The ledger stays unopened until it is closed");
      }
      time.pause(POLL_CLOSED);
    }
    LOG.info("event=ledger.fenced segment={}", segment);
  }
}
