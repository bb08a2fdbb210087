package io.savepointd.config;

import io.savepointd.admin.AdminSettings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A whole, valid configuration.
 *
 * @param file where it was read from
 * @param watchInterval how often each cluster is looked at
 * @param savepointWait how long the daemon's stop waits for savepoints that are being written
 * @param warnings what is no fault, but should be mended
 */
public record Settings(
    Path file,
    StorageSettings storage,
    LedgerSettings ledger,
    AdminSettings admin,
    Duration watchInterval,
    Duration savepointWait,
    Map<ClusterName, ClusterSettings> clusters,
    Map<JobName, JobSettings> jobs,
    List<ConfigWarning> warnings) {
  /** Copies the collections. */
  public Settings {
    clusters = Map.copyOf(clusters);
    jobs = Map.copyOf(jobs);
    warnings = List.copyOf(warnings);
  }

  /** Settings without a warning. */
  public Settings(
      Path file,
      StorageSettings storage,
      LedgerSettings ledger,
      AdminSettings admin,
      Duration watchInterval,
      Duration savepointWait,
      Map<ClusterName, ClusterSettings> clusters,
      Map<JobName, JobSettings> jobs) {
    this(file, storage, ledger, admin, watchInterval, savepointWait, clusters, jobs, List.of());
  }

  /** The same with these warnings. */
  Settings with(List<ConfigWarning> found) {
    return new Settings(
        file, storage, ledger, admin, watchInterval, savepointWait, clusters, jobs, found);
  }
}
