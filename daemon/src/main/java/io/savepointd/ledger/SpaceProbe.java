package io.savepointd.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a small file and removes it again, to see whether the ledger's file system takes any.
 * Without that, each try to open the ledger on a full disk would leave an empty segment behind: it
 * can be created, but not written, and never be removed, since somebody might have read it.
 */
final class SpaceProbe {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceProbe.class);

  private final SegmentStore store;
  private final String name;

  SpaceProbe(LedgerContext context) {
    this.store = context.store();
    this.name = "probe-" + context.self().id() + ".tmp";
  }

  /** Throws what a write to a segment would, or nothing. */
  void write() throws IOException {
    remove();
    try (SegmentWriter writer = store.create(name)) {
      writer.write("probe\n".getBytes(StandardCharsets.US_ASCII));
      writer.sync();
    } finally {
      remove();
    }
  }

  private void remove() {
    try {
      store.delete(name);
    } catch (IOException e) {
      LOG.debug("event=ledger.probe-left-behind", e);
    }
  }
}
