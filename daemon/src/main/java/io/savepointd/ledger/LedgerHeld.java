package io.savepointd.ledger;

/** Another living process holds the ledger, or is about to. */
public final class LedgerHeld extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Owner owner;

  /** Held by {@code owner}. */
  public LedgerHeld(Owner owner) {
    this(owner, "the ledger is held by " + owner);
  }

  private LedgerHeld(Owner owner, String message) {
    super(message);
    this.owner = owner;
  }

  /** Nobody may hold it, but {@code owner} has asked for it and is to have it first. */
  static LedgerHeld promisedTo(Owner owner) {
    return new LedgerHeld(owner, "the ledger is being handed over to " + owner);
  }

  /** Who holds it. */
  public Owner owner() {
    return owner;
  }
}
