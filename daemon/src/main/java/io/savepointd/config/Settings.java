package io.savepointd.config;

import io.savepointd.admin.AdminSettings;
import io.savepointd.flink.ClusterSettings;
import io.savepointd.ledger.LedgerSettings;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.storage.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A whole, valid configuration.
 *
 * @param file where it was read from
 * @param watchInterval how often each cluster is looked at
 * @param savepointWait how long the daemon's stop waits for savepoints that are being written
 */
public record Settings(
    Path file,
    StorageSettings storage,
    LedgerSettings ledger,
    AdminSettings admin,
    Duration watchInterval,
    Duration savepointWait,
    Map<ClusterName, ClusterSettings> clusters,
    Map<JobName, JobSettings> jobs) {
  /** Copies the maps. */
  public Settings {
    clusters = Map.copyOf(clusters);
    jobs = Map.copyOf(jobs);
  }
}
