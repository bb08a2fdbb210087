/**
 * Cron schedules: when the next one is due, and a clock that calls. It alone imports {@code
 * org.quartz}.
 */
package io.savepointd.schedule;
