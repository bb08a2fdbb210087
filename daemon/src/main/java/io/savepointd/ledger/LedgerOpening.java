package io.savepointd.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a process comes to own a ledger: nobody else may be alive on its last segment, every segment
 * is closed and read to its end, and the next number is created by us and nobody else.
 */
final class LedgerOpening {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration POLL_CLOSED = Duration.ofMillis(100);
  private static final Duration RECOVERY_DEADLINE = Duration.ofSeconds(60);
  private static final Duration OWNER_DEADLINE = Duration.ofSeconds(5);

  private final LedgerContext context;
  private final SegmentStore store;
  private final MonotonicTime time;

  LedgerOpening(LedgerContext context) {
    this.context = context;
    this.store = context.store();
    this.time = context.time();
  }

  /** What was won: the stream to write to, and what was there before. */
  record Taken(SegmentStream stream, LedgerLayout layout, List<Event> events) {}

  /** Blocks for about the silence asked for and the recovery of a lease, in the worst case. */
  Taken open() throws LedgerHeld, IOException {
    LedgerLayout layout = awaitNobodyAlive();
    for (int i = layout.segments().size() - 1; i >= 0; i--) {
      closeForGood(LedgerLayout.segmentName(layout.segments().get(i)));
    }
    List<Event> events = context.contents().read(layout);
    try {
      return new Taken(SegmentStream.claim(context, layout.last() + 1), layout, events);
    } catch (SegmentTaken e) {
      throw held(e);
    }
  }

  /**
   * Watches the last segment until its owner has let go, is known to be dead or has been silent for
   * long enough by our own time; clocks of two machines are never compared. A segment that grows,
   * or a new one, is a sign of life.
   */
  private LedgerLayout awaitNobodyAlive() throws LedgerHeld, IOException {
    LedgerLayout layout = LedgerLayout.of(store.list());
    if (!openAtTheEnd(layout)) {
      return layout;
    }
    String watched = LedgerLayout.segmentName(layout.last());
    Optional<Owner> owner = context.contents().segment(watched).owner();
    if (owner.isPresent() && knownDead(owner.get())) {
      LOG.info("event=ledger.owner-dead owner=\"{}\" segment={}", owner.get(), watched);
      return layout;
    }
    int size = store.read(watched, 0).length;
    long since = time.nanos();
    long silence = context.settings().silence().toNanos();
    long pause = Math.min(silence / 10, LOOK_AT_LEAST_EVERY.toNanos());
    for (long left = silence; left > 0; left = silence - (time.nanos() - since)) {
      time.pause(Duration.ofNanos(Math.min(left, pause)));
      LedgerLayout now = LedgerLayout.of(store.list());
      int grown = store.read(watched, size).length;
      size += grown;
      if (now.last() != layout.last() || (grown > 0 && !letGo(watched))) {
        throw held(new IOException(watched + " goes on"));
      }
      if (!openAtTheEnd(now)) {
        return now;
      }
    }
    LOG.info("event=ledger.owner-silent owner=\"{}\" segment={}", name(owner), watched);
    return layout;
  }

  private boolean openAtTheEnd(LedgerLayout layout) throws IOException {
    return !layout.segments().isEmpty() && !store.closed(LedgerLayout.segmentName(layout.last()));
  }

  /** Our own earlier stream counts as dead: this process opens anew only after losing it. */
  private boolean knownDead(Owner owner) {
    return owner.id().equals(context.self().id())
        || context.processes().knownDead(context.self(), owner);
  }

  private void closeForGood(String segment) throws IOException {
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

  /** Who holds the ledger, as an exception; may be a moment from writing who it is. */
  LedgerHeld held(IOException cause) throws IOException {
    long since = time.nanos();
    Optional<Owner> owner = present();
    while (owner.isEmpty() && time.nanos() - since < OWNER_DEADLINE.toNanos()) {
      time.pause(POLL_CLOSED);
      owner = present();
    }
    if (owner.isPresent()) {
      return new LedgerHeld(owner.get());
    }
    throw new IOException(
        "another process is taking the ledger or has just let go of it, and has not said its"
            + " name; to be tried again",
        cause);
  }

  private Optional<Owner> present() throws IOException {
    LedgerLayout layout = LedgerLayout.of(store.list());
    if (layout.segments().isEmpty()) {
      return Optional.empty();
    }
    Segment last = context.contents().segment(LedgerLayout.segmentName(layout.last()));
    return last.endsInOrder() ? Optional.empty() : last.owner();
  }

  private boolean letGo(String segment) throws IOException {
    return context.contents().segment(segment).endsInOrder();
  }

  private static String name(Optional<Owner> owner) {
    return owner.map(Owner::toString).orElse("unknown");
  }
}
