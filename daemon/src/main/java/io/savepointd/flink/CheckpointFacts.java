package io.savepointd.flink;

import java.util.Optional;

/**
 * A run's checkpoint statistics.
 *
 * @param completed how many checkpoints and savepoints this run has completed
 * @param restoredFrom {@code latest.restored.external_path}: what the run says it started from
 * @param latestSavepoint {@code latest.savepoint.external_path}
 */
public record CheckpointFacts(
    long completed, Optional<String> restoredFrom, Optional<String> latestSavepoint) {}
