package io.savepointd.retention;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a job's owner wants kept: the union of its rules. Without any rule everything is kept.
 *
 * @param keepLast the newest so many
 * @param keepWithin everything younger than this
 */
public record RetentionPolicy(OptionalInt keepLast, Optional<Duration> keepWithin) {}
