package io.savepointd.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to hand the ledger over: one small file beside the segments for each process that asks,
 * named after it. The owner lets go as soon as it sees one; whoever else would open the ledger
 * leaves it to the asker for a while. How old a request is, is measured from when this process saw
 * it first, so that no two clocks are compared; whoever opens the ledger removes all that are
 * there, so that one whose asker has died is answered at most once. Safe for several threads.
 */
final class HandoverRequests {
  /** How long an asker is given to open the ledger before others may. */
  static final Duration FAVOUR = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HandoverRequests.class);
  private static final Pattern REQUEST = Pattern.compile("handover-[^.]+\\.request");

  private final LedgerContext context;
  private final SegmentStore store;
  private final String own;
  private final Map<String, Seen> seen = new HashMap<>();

  HandoverRequests(LedgerContext context) {
    this.context = context;
    this.store = context.store();
    this.own = "handover-" + context.self().id() + ".request";
  }

  /**
   * A request of another process.
   *
   * @param asker empty if the request means nothing: it can't be read, or whoever asked is dead
   * @param since when we saw it first
   * @param answered whether somebody has opened the ledger since
   */
  private record Seen(Optional<Owner> asker, long since, boolean answered) {
    boolean open() {
      return asker.isPresent() && !answered;
    }
  }

  /** Asks, unless our request is there already; it takes its name only once it is whole. */
  synchronized void leave() throws IOException {
    if (store.list().contains(own)) {
      return;
    }
    String unfinished = own + ".tmp";
    store.delete(unfinished);
    Event.Opened asking = new Event.Opened(context.clock().instant(), context.self());
    try (SegmentWriter writer = store.create(unfinished)) {
      writer.write(SegmentStream.lines(context.codec(), List.of(asking)));
      writer.sync();
    }
    store.rename(unfinished, own);
  }

  /** Takes our request back; harmless without one. */
  synchronized void withdraw() throws IOException {
    store.delete(own);
  }

  /** For the owner: who asks it to let go. */
  synchronized Optional<Owner> asked() throws IOException {
    look();
    return seen.values().stream().filter(Seen::open).flatMap(s -> s.asker().stream()).findFirst();
  }

  /** For who would open the ledger: who has asked for it and is to have it first. */
  synchronized Optional<Owner> favoured() throws IOException {
    if (look().contains(own)) {
      return Optional.empty();
    }
    long now = context.time().nanos();
    return seen.values().stream()
        .filter(s -> s.open() && now - s.since() < FAVOUR.toNanos())
        .flatMap(s -> s.asker().stream())
        .findFirst();
  }

  /** For who has just opened the ledger: what was asked before is answered by that. */
  synchronized void answered() {
    try {
      for (String name : look()) {
        seen.computeIfPresent(name, (n, s) -> new Seen(s.asker(), s.since(), true));
        store.delete(name);
      }
    } catch (IOException e) {
      LOG.debug("event=ledger.request-left-behind", e);
    }
  }

  /** The requests there are. */
  private List<String> look() throws IOException {
    List<String> names = store.list().stream().filter(REQUEST.asMatchPredicate()).toList();
    seen.keySet().retainAll(names);
    for (String name : names) {
      if (!name.equals(own) && !seen.containsKey(name)) {
        seen.put(name, new Seen(asker(name), context.time().nanos(), false));
      }
    }
    return names;
  }

  private Optional<Owner> asker(String name) throws IOException {
    try {
      byte[] bytes = store.read(name, 0);
      Optional<Owner> asker =
          new SegmentReader(context.codec()).read(store.address(name), bytes).owner();
      if (asker.isEmpty()) {
        LOG.info(
            "event=ledger.request-ignored bytes={}", new String(bytes, StandardCharsets.UTF_8));
      }
      return asker.filter(o -> !context.processes().knownDead(context.self(), o));
    } catch (LedgerUnreadable e) {
      LOG.info("event=ledger.request-ignored reason=\"{}\"", e.getMessage());
      return Optional.empty();
    } catch (java.nio.file.NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
