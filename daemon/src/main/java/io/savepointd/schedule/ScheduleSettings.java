package io.savepointd.schedule;

import io.savepointd.model.SavepointFormat;

/**
 * One of a job's schedules.
 *
 * @param name unique within the job
 */
public record ScheduleSettings(String name, CronSchedule cron, SavepointFormat format) {}
