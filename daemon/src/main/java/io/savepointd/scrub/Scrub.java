package io.savepointd.scrub;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Holds the ledger against the storage: a pure function of what was read. */
public final class Scrub {
  private final Function<JobName, Duration> grace;
  private final String root;

  /**
   * Of the storage below {@code root}.
   *
   * @param grace how long what a failed savepoint has left stays, for each job; a directory that
   *     has changed within that time may still be written to
   */
  public Scrub(String root, Function<JobName, Duration> grace) {
    this.root = root;
    this.grace = grace;
  }

  /** What is to be told, the worst first; of all jobs and what is nobody's, or of one job. */
  public List<Finding> findings(Evidence evidence, Optional<JobName> job, Instant now) {
    List<Finding> findings = new ArrayList<>();
    SavepointFindings ofSavepoints = new SavepointFindings(evidence);
    for (JobHistory history : evidence.after().jobs()) {
      for (Savepoint savepoint : history.savepoints()) {
        ofSavepoints.of(savepoint).ifPresent(findings::add);
      }
    }
    StoredFindings ofStorage = new StoredFindings(evidence, grace, now);
    for (Stored stored : evidence.survey()) {
      ofStorage.of(stored).ifPresent(findings::add);
    }
    return findings.stream()
        .filter(f -> job.isEmpty() || concerns(f, job.get()))
        .sorted(Comparator.comparing(Finding::kind).thenComparing(Finding::path))
        .toList();
  }

  private boolean concerns(Finding finding, JobName job) {
    return finding.job().isPresent()
        ? finding.job().get().equals(job)
        : finding.path().startsWith(root + "/" + job + "/");
  }
}
