package io.savepointd.doctor;

import io.savepointd.ledger.LedgerView;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.Words;
import io.savepointd.storage.StorageProbe;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Whether there is room for what comes next: twice what each job's newest savepoint takes. */
final class SpaceCheck implements Check {
  private static final double SCARCE = 0.05;

  private final Seen<Storage> storage;
  private final Seen<LedgerView> ledger;
  private final Set<JobName> jobs;
  private final StorageRemedies remedies;

  SpaceCheck(
      Seen<Storage> storage, Seen<LedgerView> ledger, Set<JobName> jobs, StorageRemedies remedies) {
    this.storage = storage;
    this.ledger = ledger;
    this.jobs = Set.copyOf(jobs);
    this.remedies = remedies;
  }

  @Override
  public String name() {
    return "storage space";
  }

  @Override
  public List<String> needs() {
    return List.of(StorageChecks.REACH);
  }

  @Override
  public List<String> after() {
    return List.of(LedgerCheck.NAME, StorageChecks.WRITE);
  }

  @Override
  public Verdict look() throws IOException {
    StorageProbe.Space space = storage.need().probe().space();
    long needed = 2 * newest() * copies();
    String found = Words.bytes(space.free()) + " of " + Words.bytes(space.capacity()) + " free";
    if (scarce(space.free(), space.capacity()) || space.free() < needed) {
      return scarceRoom(found, needed);
    }
    for (StorageProbe.Quota quota : space.quotas()) {
      long left = quota.limit() - quota.used();
      boolean bytes = quota.of().equals("bytes");
      String said =
          (bytes ? Words.bytes(left) : left)
              + " of its quota of "
              + (bytes ? Words.bytes(quota.limit()) : quota.limit() + " " + quota.of())
              + " left";
      if (scarce(left, quota.limit()) || (bytes && left < needed)) {
        return scarceRoom(said, needed);
      }
      found += "; " + said;
    }
    return new Verdict.Ok(found);
  }

  private static boolean scarce(long left, long of) {
    return left < of * SCARCE;
  }

  private static Verdict scarceRoom(String found, long needed) {
    return new Verdict.Warn(
        found
            + (needed == 0
                ? ""
                : "; twice the newest savepoints with their copies is " + Words.bytes(needed)),
        "make room: `savepointd prune`, other files, a larger quota, max-bytes of retention");
  }

  private long newest() {
    return ledger
        .get()
        .map(
            view ->
                jobs.stream()
                    .flatMap(job -> view.history().of(job).retained().stream().limit(1))
                    .mapToLong(Savepoint::bytes)
                    .sum())
        .orElse(0L);
  }

  private int copies() {
    return storage
        .need()
        .written()
        .get()
        .map(StorageProbe.Written::copiesWanted)
        .filter(copies -> copies > 0)
        .orElse(1);
  }

  @Override
  public String remedy(IOException failure) {
    return remedies.of(failure);
  }
}
