package io.savepointd.ledger;

import java.util.List;

/**
 * The append-only record, held by one owner at a time. Safe for several threads: appends of the
 * same moment share one sync.
 */
public interface Ledger extends AutoCloseable {
  /** Everything on the ledger so far, as this owner has written and read it. */
  History history();

  /**
   * Puts events on the ledger; when it returns they are durable and in {@link #history}.
   *
   * @throws LedgerLost if they may not be: from then on nothing can be appended any more and
   *     nothing may be done; the ledger has to be opened anew
   */
  void append(List<Event.OfJob> events) throws LedgerLost;

  /**
   * Returns once something was made durable, so that the ledger was ours a moment ago. Asked before
   * an effect whose intent is old: {@link #held} may say so of a process that slept while another
   * took the ledger over.
   *
   * @throws LedgerLost if it is ours no more, as with {@link #append}
   */
  void prove() throws LedgerLost;

  /** Whether the ledger is still held; false from the first failed append or heartbeat on. */
  boolean held();

  /** Lets go of the ledger in order: the segment ends with {@link Event.Closed}. */
  @Override
  void close();
}
