package io.savepointd.app;

import io.savepointd.ledger.LocalLocks;
import io.savepointd.ledger.Owner;
import io.savepointd.ledger.OwnerIdentity;

/**
 * This process as a ledger's owner: one for its whole life, so that it knows its own lost streams
 * again and needn't wait for them to fall silent.
 */
record Self(Owner owner, LocalLocks locks) {
  /** With the one {@code locks} of this process. */
  static Self of(Installation installation, LocalLocks locks) {
    return new Self(OwnerIdentity.ofThisProcess(installation.version()), locks);
  }
}
