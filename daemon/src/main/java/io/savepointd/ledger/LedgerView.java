package io.savepointd.ledger;

import java.util.Optional;

/**
 * A ledger as seen by one who doesn't own it.
 *
 * @param history up to what was visible at that moment
 * @param owner who hasn't let go of it, as far as can be told without asking: it may have died
 *     since
 */
public record LedgerView(History history, Optional<Owner> owner) {}
