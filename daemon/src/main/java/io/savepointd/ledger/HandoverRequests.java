package io.savepointd.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests to hand the ledger over: one small file beside the segments for each process that asks,
 * named after it. The owner lets go as soon as it sees one; whoever else would open the ledger
 * leaves it to the asker for a while. How old a request is, is measured from when this process saw
 * it first, so that no two clocks are compared; whoever opens the ledger removes all that are
 * there, so that one whose asker has died is answered at most once. Who asks again does so under
 * another name, or what has been answered couldn't be told from it. Safe for several threads.
 */
final class HandoverRequests {
  /** How long an asker is given to open the ledger before others may. */
  static final Duration FAVOUR = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HandoverRequests.class);
  private static final Pattern REQUEST = Pattern.compile("handover-[^.]+\\.request");

  private final LedgerContext context;
  private final SegmentStore store;
  private final String ownBegins;
  private final Map<String, Seen> seen = new HashMap<>();
  private Optional<String> own = Optional.empty();
  private int asked;

  HandoverRequests(LedgerContext context) {
    this.context = context;
    this.store = context.store();
    this.ownBegins = "handover-" + context.self().id() + "-";
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

  /**
   * Asks, unless our request is there already or there is nothing to ask for; it takes its name
   * only once it is whole.
   *
   * @param holding whether we hold the ledger, which may have come about a moment ago
   */
  synchronized void leave(BooleanSupplier holding) throws IOException {
    if (holding.getAsBoolean() || stands()) {
      return;
    }
    asked++;
    String name = ownBegins + asked + ".request";
    String unfinished = name + ".tmp";
    store.delete(unfinished);
    Event.Opened asking = new Event.Opened(context.clock().instant(), context.self());
    try (SegmentWriter writer = store.create(unfinished)) {
      writer.write(SegmentStream.lines(context.codec(), List.of(asking)));
      writer.sync();
    }
    store.rename(unfinished, name);
    own = Optional.of(name);
  }

  private boolean stands() throws IOException {
    return own.isPresent() && store.list().contains(own.get());
  }

  /** Takes our request back; harmless without one. */
  synchronized void withdraw() throws IOException {
    if (own.isPresent()) {
      store.delete(own.get());
      own = Optional.empty();
    }
  }

  /** For the owner: who asks it to let go. */
  synchronized Optional<Owner> asked() throws IOException {
    look();
    return seen.values().stream().filter(Seen::open).flatMap(s -> s.asker().stream()).findFirst();
  }

  /** For who would open the ledger: who has asked for it and is to have it first. */
  synchronized Optional<Owner> favoured() throws IOException {
    List<String> names = look();
    if (own.filter(names::contains).isPresent()) {
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
    own = Optional.empty();
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
      if (!name.startsWith(ownBegins) && !seen.containsKey(name)) {
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
