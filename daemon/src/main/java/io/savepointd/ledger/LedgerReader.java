package io.savepointd.ledger;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** Reads a ledger without taking anything from anybody, also while its owner writes to it. */
final class LedgerReader {
  private static final int TRIES = 3;

  private final LedgerContext context;

  LedgerReader(LedgerContext context) {
    this.context = context;
  }

  /** Begins again when the owner compacts files away in the middle. */
  LedgerView read() throws IOException {
    NoSuchFileException gone = new NoSuchFileException("never tried");
    for (int i = 0; i < TRIES; i++) {
      try {
        return readOnce();
      } catch (NoSuchFileException e) {
        gone = e;
      }
    }
    throw gone;
  }

  private LedgerView readOnce() throws IOException {
    LedgerLayout layout = LedgerLayout.of(context.store().list());
    List<Event.OfJob> events = context.contents().read(layout).events();
    History history = History.empty();
    for (Event event : events) {
      history = history.apply(event);
    }
    return new LedgerView(history, owner(layout));
  }

  private Optional<Owner> owner(LedgerLayout layout) throws IOException {
    if (layout.segments().isEmpty()) {
      return Optional.empty();
    }
    String name = LedgerLayout.segmentName(layout.last());
    if (context.store().closed(name)) {
      return Optional.empty();
    }
    Segment last = context.contents().segment(name);
    return last.endsInOrder()
        ? Optional.empty()
        : last.owner().filter(o -> !context.processes().knownDead(context.self(), o));
  }
}
