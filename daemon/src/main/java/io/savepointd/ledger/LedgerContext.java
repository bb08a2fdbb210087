package io.savepointd.ledger;

import java.time.Clock;

/**
 * What everything that takes part in keeping one ledger works with.
 *
 * @param self who writes, if this process comes to writing
 * @param processes of this machine, to know a dead owner at once
 * @param clock what events are dated by
 * @param time what silence is measured by
 */
record LedgerContext(
    SegmentStore store,
    LedgerSettings settings,
    EventCodec codec,
    Owner self,
    ProcessTable processes,
    Clock clock,
    MonotonicTime time) {

  LedgerContents contents() {
    return new LedgerContents(store, codec);
  }
}
