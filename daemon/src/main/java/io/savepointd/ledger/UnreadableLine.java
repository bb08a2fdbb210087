package io.savepointd.ledger;

/** One line of a segment makes no sense; the message says why, without file and line number. */
final class UnreadableLine extends Exception {
  private static final long serialVersionUID = 1L;

  /** How a reason begins where nothing is damaged, but this version is too old to understand. */
  private static final String NEWER = "written by a newer savepointd";

  UnreadableLine(String reason) {
    super(reason);
  }

  UnreadableLine(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** What a person is to do before anything else happens. */
  String remedy() {
    return getMessage().startsWith(NEWER)
        ? "; nothing is done until this one is upgraded too"
        : "; nothing is done until the ledger can be read whole";
  }
}
