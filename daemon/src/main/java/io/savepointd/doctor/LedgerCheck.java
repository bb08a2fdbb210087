package io.savepointd.doctor;

import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.LedgerUnreadable;
import io.savepointd.ledger.LedgerView;
import io.savepointd.model.JobName;
import io.savepointd.model.Words;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.util.List;

/** The ledger as it lies there; only read. */
final class LedgerCheck implements Check {
  static final String NAME = "ledger";

  private final Surroundings world;
  private final Seen<Storage> storage;
  private final Seen<LedgerView> ledger;
  private final StorageRemedies remedies;

  LedgerCheck(
      Surroundings world,
      Seen<Storage> storage,
      Seen<LedgerView> ledger,
      StorageRemedies remedies) {
    this.world = world;
    this.storage = storage;
    this.ledger = ledger;
    this.remedies = remedies;
  }

  /** What the ledger has of a job; nothing where it couldn't be read. */
  static JobHistory history(Seen<LedgerView> ledger, JobName job) {
    return ledger.get().map(view -> view.history().of(job)).orElseGet(() -> JobHistory.none(job));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of(StorageChecks.REACH);
  }

  @Override
  public Verdict look() throws IOException {
    StorageProbe probe = storage.need().probe();
    StorageProbe.Files files = probe.ledgerFiles();
    LedgerView view = world.ledger(probe.root());
    ledger.put(view);
    if (files.count() == 0) {
      return new Verdict.Ok("none yet; the first daemon makes it");
    }
    return new Verdict.Ok(
        "readable, "
            + Words.count(files.count(), "file")
            + " of "
            + Words.bytes(files.bytes())
            + view.owner().map(owner -> "; last held by " + owner).orElse("; let go in order"));
  }

  @Override
  public String remedy(IOException failure) {
    return failure instanceof LedgerUnreadable
        ? "docs/operations.md, \"When the ledger can't be read\""
        : remedies.of(failure);
  }
}
