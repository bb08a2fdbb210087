package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import java.io.IOException;
import java.util.List;

/** A ledger whose owner dies at a chosen append, before or after it has become durable. */
final class WatchedLedger implements Ledger {
  private final Ledger ledger;
  private int appendsLeft = Integer.MAX_VALUE;
  private boolean durable;
  private boolean lost;
  private boolean takenUnnoticed;

  WatchedLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The append after {@code appends} more throws. */
  void dieAfter(int appends, boolean thatOneIsDurable) {
    appendsLeft = appends;
    durable = thatOneIsDurable;
  }

  /** Another process takes it over, which this one notices only when it writes. */
  void takenUnnoticed() {
    takenUnnoticed = true;
  }

  @Override
  public History history() {
    return ledger.history();
  }

  @Override
  public void append(List<Event.OfJob> events) throws LedgerLost {
    if (lost || takenUnnoticed) {
      throw new LedgerLost("lost before", null);
    }
    if (appendsLeft-- > 0) {
      ledger.append(events);
      return;
    }
    if (durable) {
      ledger.append(events);
    }
    lost = true;
    ledger.close();
    throw new LedgerLost("the test wanted it lost", new IOException("hsync failed"));
  }

  @Override
  public void prove() throws LedgerLost {
    if (lost || takenUnnoticed) {
      throw new LedgerLost("lost before", null);
    }
    ledger.prove();
  }

  @Override
  public boolean held() {
    return !lost && ledger.held();
  }

  @Override
  public void close() {
    ledger.close();
  }
}
