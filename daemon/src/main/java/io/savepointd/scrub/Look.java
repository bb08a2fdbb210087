package io.savepointd.scrub;

import io.savepointd.storage.Verification;

/** What a look at one savepoint has shown. */
public sealed interface Look {
  /** The storage could tell. */
  record Verified(Verification verification) implements Look {}

  /** The storage answers, but not about this savepoint. */
  record Unclear(String reason) implements Look {}
}
