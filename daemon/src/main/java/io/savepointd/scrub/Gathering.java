package io.savepointd.scrub;

import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a scrub goes by, in the calling thread; with every byte that may take hours. */
public final class Gathering {
  private final SavepointStore store;

  /** Reads from {@code store}, and changes nothing on it. */
  public Gathering(SavepointStore store) {
    this.store = store;
  }

  /** The ledger as it is at the moment. */
  public interface LedgerNow {
    /** Reads it. */
    History read() throws IOException;
  }

  /**
   * Everything about one job, or about all.
   *
   * @throws StorageUnavailable if the storage as a whole gives no answer: nothing was found then,
   *     neither good nor bad
   */
  public Evidence gather(LedgerNow ledger, Optional<JobName> job, boolean deep) throws IOException {
    History before = ledger.read();
    List<Stored> survey = store.survey();
    Known known = new Known(before);
    Map<String, Look> looks = new HashMap<>();
    for (JobHistory history : before.jobs()) {
      for (Savepoint savepoint : history.savepoints()) {
        if (isMeant(job, history.job()) && isKept(savepoint)) {
          looks.put(savepoint.path(), look(savepoint.path(), deep));
        }
      }
    }
    for (Stored stored : survey) {
      if (stored.kind() instanceof Stored.OfTrigger found
          && isMeant(job, found.job())
          && !known.knows(found.job(), found.trigger())) {
        for (String path : found.savepoints()) {
          looks.put(path, look(path, deep));
        }
      }
    }
    return new Evidence(before, survey, looks, deep, ledger.read());
  }

  /** One file that can't be read is a finding; a storage that answers nothing is none. */
  private Look look(String path, boolean deep) throws StorageUnavailable {
    try {
      Verification seen = deep ? store.verifyDeep(path) : store.verify(path);
      return new Look.Verified(seen);
    } catch (StorageUnavailable e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      List<String> unused = store.savepointsIn(store.root());
      return new Look.Unclear(e.getMessage());
    }
  }

  static boolean isMeant(Optional<JobName> asked, JobName job) {
    return asked.isEmpty() || asked.get().equals(job);
  }

  private static boolean isKept(Savepoint savepoint) {
    return savepoint.state() == Savepoint.State.RETAINED
        || savepoint.state() == Savepoint.State.QUARANTINED;
  }
}
