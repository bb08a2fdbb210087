package io.savepointd.admin;

import java.util.Locale;

/** A request that can't be served as it stands; says why in one line. */
public final class NotNow extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of no it is. */
  public enum Kind {
    /** The request names something that isn't there. */
    USAGE,
    /**
     * The ledger, the storage or the cluster can't be reached, or another daemon holds the ledger.
     */
    UNREACHABLE,
    /** It was tried and failed. */
    FAILED;

    /** As it stands in a reply. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;

  /** With its reason. */
  public NotNow(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What kind of no it is. */
  public Kind kind() {
    return kind;
  }
}
