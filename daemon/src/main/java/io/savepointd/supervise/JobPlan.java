package io.savepointd.supervise;

import io.savepointd.model.Job;
import io.savepointd.retention.RetentionPolicy;
import java.time.Duration;

/**
 * How one job is to be kept, as the configuration says.
 *
 * @param watchInterval how often it is looked at while nothing happens
 */
public record JobPlan(
    Job job, SupervisionSettings supervision, RetentionPolicy retention, Duration watchInterval) {}
