package io.savepointd.simulation;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.SavepointId;
import java.util.ArrayList;
import java.util.List;

/** The ledger as a faulty daemon would keep it. */
final class MutantLedger implements Ledger {
  private final Ledger real;
  private final Mutation mutation;
  private History history;
  private List<Event.OfJob> unwritten = List.of();

  MutantLedger(Ledger real, Mutation mutation) {
    this.real = real;
    this.mutation = mutation;
    this.history = mutation == Mutation.FORGETS_HISTORY ? History.empty() : real.history();
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public void append(List<Event.OfJob> events) throws LedgerLost {
    List<Event.OfJob> all = new ArrayList<>(events);
    if (mutation == Mutation.CONDEMNS_THE_NEWEST) {
      for (Event.OfJob event : events) {
        if (event instanceof Event.SavepointRetained e) {
          SavepointId id = new SavepointId(e.trigger().value());
          all.add(new Event.SavepointExpired(e.at(), e.job(), id, "mutant"));
        }
      }
    }
    try {
      if (mutation == Mutation.ACKNOWLEDGES_BEFORE_DURABLE) {
        List<Event.OfJob> before = unwritten;
        unwritten = all;
        if (!before.isEmpty()) {
          real.append(before);
        }
      } else {
        real.append(all);
      }
    } catch (LedgerLost e) {
      if (mutation != Mutation.IGNORES_LOSS) {
        throw e;
      }
    }
    for (Event.OfJob event : all) {
      history = history.apply(event);
    }
  }

  @Override
  public void prove() throws LedgerLost {
    if (mutation != Mutation.IGNORES_LOSS) {
      real.prove();
    }
  }

  @Override
  public boolean held() {
    return mutation == Mutation.IGNORES_LOSS || real.held();
  }

  @Override
  public void close() {
    real.close();
  }
}
