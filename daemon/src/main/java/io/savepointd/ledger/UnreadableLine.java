package io.savepointd.ledger;

/** One line of a segment makes no sense; the message says why, without file and line number. */
final class UnreadableLine extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableLine(String reason) {
    super(reason);
  }

  UnreadableLine(String reason, Throwable cause) {
    super(reason, cause);
  }
}
