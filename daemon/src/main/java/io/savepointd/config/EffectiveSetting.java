package io.savepointd.config;

import io.savepointd.model.JobName;
import java.util.Optional;

/**
 * A key that takes effect.
 *
 * @param key its full path
 * @param job the job it is of, if it is one's
 * @param value as JSON, which is HOCON too; secrets are masked
 * @param origin {@code default}, or the file and line and, before these, how it came from there
 * @param masked whether anything of it is
 */
public record EffectiveSetting(
    String key, Optional<JobName> job, String value, String origin, boolean masked) {}
