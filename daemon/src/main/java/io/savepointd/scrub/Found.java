package io.savepointd.scrub;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import io.savepointd.storage.Verification;
import java.time.Instant;
import java.util.Optional;

/**
 * A savepoint's directory that was found on storage, and verified.
 *
 * @param writtenAt when its metadata was written; empty if there is none
 */
public record Found(
    JobName job,
    TriggerId trigger,
    String path,
    Optional<Instant> writtenAt,
    Verification verification) {}
