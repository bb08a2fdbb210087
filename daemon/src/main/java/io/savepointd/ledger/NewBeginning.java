package io.savepointd.ledger;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a new ledger in the place of one that nobody can read. The next segment is claimed first, as
 * every owner does, and only then is the old one moved away: so there is no moment in which another
 * daemon could find the place empty, and take that for a ledger that has never been written.
 */
final class NewBeginning {
  private static final Logger LOG = LoggerFactory.getLogger(NewBeginning.class);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofSeconds(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final LedgerContext context;
  private final SegmentStore store;

  NewBeginning(LedgerContext context) {
    this.context = context;
    this.store = context.store();
  }

  /** Where the old files went; empty if there were none. */
  Optional<String> with(List<Event.OfJob> events) throws LedgerHeld, IOException {
    if (!store.tryLock()) {
      throw held("the lock file is locked");
    }
    try {
      return locked(events);
    } finally {
      store.unlock();
    }
  }

  private Optional<String> locked(List<Event.OfJob> events) throws LedgerHeld, IOException {
    awaitNobodyAlive();
    List<String> old = LedgerLayout.filesAmong(store.list());
    LedgerOpening opening = new LedgerOpening(context);
    for (String file : old) {
      opening.closeForGood(file);
    }
    long highest = LedgerLayout.highest(old);
    new SpaceProbe(context).write();
    SegmentStream stream;
    try {
      stream = SegmentStream.claim(context, highest + 1, OptionalLong.empty());
    } catch (SegmentTaken e) {
      throw held(e.getMessage());
    }
    boolean done = false;
    try {
      stream.write(events);
      Optional<String> aside = moveAside(old);
      if (highest > 0) {
        new Snapshots(context).coverWithNothing(highest);
      }
      stream.close();
      done = true;
      LOG.info(
          "event=ledger.begun-anew events={} old={} next=\"the old files are never looked at again\"",
          events.size(),
          aside.orElse("none"));
      return aside;
    } finally {
      if (!done) {
        stream.abandon();
      }
    }
  }

  private Optional<String> moveAside(List<String> old) throws IOException {
    if (old.isEmpty()) {
      return Optional.empty();
    }
    String directory = "ledger-lost-" + TIME.format(context.clock().instant());
    for (String file : old) {
      store.moveTo(directory, file);
    }
    return Optional.of(directory);
  }

  /**
   * As {@link OwnerWatch}, but without a look at what stands in the segments, since that can't be
   * relied on: a file that is open and grows, or a new one, is a sign of life.
   */
  private void awaitNobodyAlive() throws LedgerHeld, IOException {
    Map<String, Integer> first = openFiles();
    if (first.isEmpty()) {
      return;
    }
    long silence = context.settings().silence().toNanos();
    long pause = Math.min(silence / 10, LOOK_AT_LEAST_EVERY.toNanos());
    long since = context.time().nanos();
    List<String> names = LedgerLayout.filesAmong(store.list());
    for (long left = silence; left > 0; left = silence - (context.time().nanos() - since)) {
      context.time().pause(Duration.ofNanos(Math.min(left, pause)));
      if (!LedgerLayout.filesAmong(store.list()).equals(names)) {
        throw held("its files change");
      }
      Map<String, Integer> now = openFiles();
      for (Map.Entry<String, Integer> file : now.entrySet()) {
        int before = first.getOrDefault(file.getKey(), -1);
        if (before >= 0 && file.getValue() > before) {
          throw held(file.getKey() + " grows");
        }
      }
    }
  }

  private Map<String, Integer> openFiles() throws IOException {
    Map<String, Integer> open = new HashMap<>();
    for (String file : LedgerLayout.filesAmong(store.list())) {
      if (!store.closed(file)) {
        open.put(file, visibleBytes(file));
      }
    }
    return open;
  }

  /** The end of an open file can't always be read, see {@link OwnerWatch}; that is no growth. */
  private int visibleBytes(String file) {
    try {
      return store.read(file, 0).length;
    } catch (IOException e) {
      LOG.debug("event=ledger.segment-unreadable segment={}", file, e);
      return -1;
    }
  }

  /** Who holds it, if its name can be read at all. */
  private LedgerHeld held(String how) throws IOException {
    IOException cause = new IOException("another process holds the ledger: " + how);
    try {
      return new OwnerWatch(context).held(cause);
    } catch (LedgerUnreadable e) {
      cause.addSuppressed(e);
      throw cause;
    }
  }
}
