package io.savepointd.flink;

import io.savepointd.model.Job;
import io.savepointd.model.RunId;
import java.util.Optional;

/**
 * One run to be started.
 *
 * @param jarDigest SHA-256 of the job's jar in hexadecimal, as the ledger has it
 * @param restorePath the savepoint to start from; empty starts without state. Restored with
 *     NO_CLAIM, so that the savepoint stays ours.
 */
public record Submission(
    RunId run,
    Job job,
    String jarDigest,
    Optional<String> restorePath,
    boolean allowNonRestoredState) {}
