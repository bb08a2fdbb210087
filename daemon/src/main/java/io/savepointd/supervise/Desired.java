package io.savepointd.supervise;

import io.savepointd.model.Job;
import java.util.Optional;

/**
 * What is wanted of a job at this moment.
 *
 * @param savepoint the demand that is next in line
 */
public record Desired(
    Job job,
    SupervisionSettings settings,
    Optional<Demand.Start> start,
    Optional<Demand.Savepoint> savepoint) {}
