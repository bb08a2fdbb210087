package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Ledger;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.ledger.Lineage;
import io.savepointd.model.JobName;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job's pen on the ledger; what it writes goes to the lineage log too, in words. */
final class Journal {
  /** Its appender writes {@code lineage.log}. */
  private static final Logger LINEAGE = LoggerFactory.getLogger("savepointd.lineage");

  private final JobName job;
  private final Ledger ledger;

  Journal(JobName job, Ledger ledger) {
    this.job = job;
    this.ledger = ledger;
  }

  JobHistory history() {
    return ledger.history().of(job);
  }

  /** What the ledger says of every job, this one among them. */
  Collection<JobHistory> all() {
    return ledger.history().jobs();
  }

  /** For effects whose intent has long been on the ledger: they too are the owner's alone. */
  void prove() throws LedgerLost {
    ledger.prove();
  }

  /** Cheap, and enough before a look at the world. */
  void requireHeld() throws LedgerLost {
    if (!ledger.held()) {
      throw new LedgerLost("the ledger is no longer held; nothing more may be done", null);
    }
  }

  /** Durable when it returns. */
  void write(Event.OfJob... events) throws LedgerLost {
    List<Event.OfJob> all = List.of(events);
    ledger.append(all);
    JobHistory after = history();
    for (Event.OfJob event : all) {
      Lineage.describe(event, after).ifPresent(LINEAGE::info);
    }
  }
}
