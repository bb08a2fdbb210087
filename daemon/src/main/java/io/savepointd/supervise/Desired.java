package io.savepointd.supervise;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import java.util.Optional;
import java.util.Set;

/**
 * What is wanted of a job at this moment.
 *
 * @param clusters all that the configuration names
 * @param savepoint the demand that is next in line
 */
public record Desired(
    Job job,
    SupervisionSettings settings,
    Set<ClusterName> clusters,
    Optional<Demand.Start> start,
    Optional<Demand.Savepoint> savepoint) {
  /** Copies the names. */
  public Desired {
    clusters = Set.copyOf(clusters);
  }
}
