package io.savepointd.ledger;

import java.io.IOException;

/** The segment's stream has failed, whatever the reason: this process owns the ledger no longer. */
public final class LedgerLost extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which segment and what happened. */
  public LedgerLost(String message, Throwable cause) {
    super(message, cause);
  }
}
