package io.savepointd.ledger;

import java.io.IOException;

/**
 * A segment has a line that can't be understood and isn't merely a torn end. Nothing may be done on
 * such a ledger: what is missing from it might be the very state to restore.
 */
public final class LedgerUnreadable extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file, the line (from 1) and the reason. */
  public LedgerUnreadable(String file, int line, String reason) {
    super(file + ":" + line + ": " + reason);
  }
}
