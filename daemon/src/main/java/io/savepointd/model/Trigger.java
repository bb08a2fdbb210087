package io.savepointd.model;

import java.time.Instant;

/**
 * A request for a savepoint whose outcome is not on the ledger yet.
 *
 * @param directory the target directory that is this trigger's alone
 */
public record Trigger(
    TriggerId id,
    JobName job,
    RunId run,
    Occasion occasion,
    SavepointFormat format,
    String directory,
    Instant intendedAt) {}
