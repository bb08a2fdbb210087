package io.savepointd.ledger;

/** Another living process holds the ledger. */
public final class LedgerHeld extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Owner owner;

  /** Held by {@code owner}. */
  public LedgerHeld(Owner owner) {
    super("the ledger is held by " + owner);
    this.owner = owner;
  }

  /** Who holds it. */
  public Owner owner() {
    return owner;
  }
}
