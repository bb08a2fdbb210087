package io.savepointd.ledger;

import java.io.IOException;

/** Somebody else has created the segment with that number, or a later one: the ledger is theirs. */
final class SegmentTaken extends IOException {
  private static final long serialVersionUID = 1L;

  SegmentTaken(String segment, Throwable cause) {
    super("another daemon has taken the ledger: " + segment + " is there", cause);
  }
}
