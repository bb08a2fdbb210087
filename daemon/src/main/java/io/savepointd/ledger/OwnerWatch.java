package io.savepointd.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the owner of the last segment is alive. Silence is measured by our own time while
 * we look; clocks of two machines are never compared. A segment that grows, or a new one, is a sign
 * of life.
 */
final class OwnerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerWatch.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final Duration POLL_NAME = Duration.ofMillis(100);
  private static final Duration NAME_DEADLINE = Duration.ofSeconds(5);

  private final LedgerContext context;
  private final SegmentStore store;
  private final MonotonicTime time;

  OwnerWatch(LedgerContext context) {
    this.context = context;
    this.store = context.store();
    this.time = context.time();
  }

  /**
   * Returns once the last owner has let go, is known to be dead or has been silent for long enough.
   *
   * @param ours the last segment that this process wrote on a stream it has lost since: its owner
   *     needs no watching
   */
  LedgerLayout awaitNobodyAlive(OptionalLong ours) throws LedgerHeld, IOException {
    LedgerLayout layout = LedgerLayout.of(store.list());
    if (!openAtTheEnd(layout) || ours.equals(OptionalLong.of(layout.last()))) {
      return layout;
    }
    String watched = LedgerLayout.segmentName(layout.last());
    Optional<byte[]> seen = look(watched, 0);
    if (seen.isPresent() && knownDead(watched)) {
      return layout;
    }
    long silence = context.settings().silence().toNanos();
    long pause = Math.min(silence / 10, LOOK_AT_LEAST_EVERY.toNanos());
    Optional<Integer> size = seen.map(bytes -> bytes.length);
    long since = time.nanos();
    for (long left = silence; left > 0; left = silence - (time.nanos() - since)) {
      time.pause(Duration.ofNanos(Math.min(left, pause)));
      LedgerLayout now = LedgerLayout.of(store.list());
      if (now.last() != layout.last()) {
        throw held(new IOException(watched + " was followed by another"));
      }
      int grown = look(watched, size.orElse(0)).map(bytes -> bytes.length).orElse(0);
      if (size.isPresent() && grown > 0 && !letGo(watched)) {
        throw held(new IOException(watched + " grows"));
      }
      if (!openAtTheEnd(now)) {
        return now;
      }
      if (grown > 0) {
        size = Optional.of(size.orElse(0) + grown);
        since = time.nanos();
      }
    }
    LOG.info(
        "event=ledger.owner-silent segment={} silence={}", watched, context.settings().silence());
    return layout;
  }

  /** Who holds the ledger, as an exception; may be a moment from writing who it is. */
  LedgerHeld held(IOException cause) throws IOException {
    long since = time.nanos();
    Optional<Owner> owner = present();
    while (owner.isEmpty() && time.nanos() - since < NAME_DEADLINE.toNanos()) {
      time.pause(POLL_NAME);
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

  /**
   * What is visible of an open segment. Where nothing can be read of it there is no sign of life
   * either: once all DataNodes of its last block were restarted, HDFS shows that block to nobody
   * until the lease is recovered, so that waiting for it to be readable would be waiting for ever.
   */
  private Optional<byte[]> look(String segment, int offset) throws IOException {
    try {
      return Optional.of(store.read(segment, offset));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      LOG.debug("event=ledger.segment-unreadable segment={}", segment, e);
      return Optional.empty();
    }
  }

  private Optional<Owner> present() throws IOException {
    LedgerLayout layout = LedgerLayout.of(store.list());
    if (layout.segments().isEmpty()) {
      return Optional.empty();
    }
    Segment last = context.contents().segment(LedgerLayout.segmentName(layout.last()));
    return last.endsInOrder() ? Optional.empty() : last.owner();
  }

  private boolean openAtTheEnd(LedgerLayout layout) throws IOException {
    return !layout.segments().isEmpty() && !store.closed(LedgerLayout.segmentName(layout.last()));
  }

  /** An earlier stream of our own counts as dead: this process opens anew only after losing it. */
  private boolean knownDead(String segment) throws IOException {
    Optional<Owner> owner = context.contents().segment(segment).owner();
    boolean dead =
        owner
            .filter(
                o ->
                    o.id().equals(context.self().id())
                        || context.processes().knownDead(context.self(), o))
            .isPresent();
    if (dead) {
      LOG.info("event=ledger.owner-dead owner=\"{}\" segment={}", owner.orElseThrow(), segment);
    }
    return dead;
  }

  private boolean letGo(String segment) throws IOException {
    return context.contents().segment(segment).endsInOrder();
  }
}
