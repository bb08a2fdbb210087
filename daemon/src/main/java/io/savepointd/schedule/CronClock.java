package io.savepointd.schedule;

import io.savepointd.model.JobName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls when a cron schedule fires, by Quartz in memory. One schedule never overlaps itself. A
 * firing that comes more than a second late, because the process stood still, comes once, however
 * many were missed; what was missed while there was no process is {@link CatchUp}'s.
 */
public final class CronClock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CronClock.class);

  /** No job can be called so. */
  private static final JobKey PULSE = new JobKey("pulse", "-");

  private static final Duration LATE = Duration.ofSeconds(2);

  private final Map<JobKey, Entry> entries;
  private final Firing firing;
  private final Scheduler scheduler;
  private volatile boolean closed;
  private volatile Optional<Instant> nextPulse = Optional.empty();

  /** One schedule of one job. */
  public record Entry(JobName job, ScheduleSettings schedule) {
    private JobKey key() {
      return new JobKey(schedule.name(), job.value());
    }
  }

  /**
   * Takes the schedules; nothing fires before {@link #start}.
   *
   * @throws IllegalArgumentException if a job has two schedules of one name
   */
  public CronClock(List<Entry> schedules, Firing firing) {
    this.entries = byKey(schedules);
    this.firing = firing;
    this.scheduler = scheduler();
  }

  private static Map<JobKey, Entry> byKey(List<Entry> schedules) {
    Map<JobKey, Entry> byKey = new HashMap<>();
    for (Entry entry : schedules) {
      if (byKey.put(entry.key(), entry) != null) {
        throw new IllegalArgumentException(
            "job " + entry.job() + " has two schedules named " + entry.schedule().name());
      }
    }
    return Map.copyOf(byKey);
  }

  private static Scheduler scheduler() {
    Properties settings = new Properties();
    // Quartz keeps schedulers by name in a static registry: two clocks must not share one.
    settings.setProperty("org.quartz.scheduler.instanceName", "savepointd-" + UUID.randomUUID());
    settings.setProperty("org.quartz.scheduler.threadName", "cron-clock");
    settings.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    settings.setProperty("org.quartz.scheduler.interruptJobsOnShutdown", "false");
    settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    settings.setProperty("org.quartz.threadPool.threadCount", "2");
    settings.setProperty("org.quartz.threadPool.threadNamePrefix", "cron");
    settings.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    settings.setProperty("org.quartz.jobStore.misfireThreshold", "1000");
    try {
      return new StdSchedulerFactory(settings).getScheduler();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz refuses its settings", e);
    }
  }

  /**
   * From {@link #start} on a pulse goes through Quartz every second, for {@link #overdue}. To be
   * called before.
   */
  public void pulsate() {
    nextPulse = Optional.of(Instant.MAX);
  }

  /**
   * Whether the pulse should have come by {@code now} and hasn't. A clock that is set back delays
   * the pulse, one that is set forward makes it overdue for a moment; neither is a fault.
   */
  public boolean overdue(Instant now) {
    return nextPulse.filter(due -> due.isBefore(now.minus(LATE))).isPresent();
  }

  /** Begins to fire. Returns at once; can be called once. */
  public void start() {
    try {
      scheduler.setJobFactory(
          (bundle, quartz) -> {
            JobKey key = bundle.getJobDetail().getKey();
            return key.equals(PULSE) ? new Pulse() : new Call(key);
          });
      for (Entry entry : entries.values()) {
        add(entry);
      }
      if (nextPulse.isPresent()) {
        addPulse();
      }
      scheduler.start();
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz did not start", e);
    }
  }

  private void addPulse() throws SchedulerException {
    Trigger trigger =
        TriggerBuilder.newTrigger()
            .withSchedule(
                SimpleScheduleBuilder.repeatSecondlyForever()
                    .withMisfireHandlingInstructionNowWithExistingCount())
            .build();
    nextPulse = Optional.of(trigger.getStartTime().toInstant());
    scheduler.scheduleJob(JobBuilder.newJob(Pulse.class).withIdentity(PULSE).build(), trigger);
  }

  private void add(Entry entry) throws SchedulerException {
    CronSchedule cron = entry.schedule().cron();
    JobDetail call = JobBuilder.newJob(Call.class).withIdentity(entry.key()).build();
    CronTrigger trigger =
        TriggerBuilder.newTrigger()
            .withSchedule(
                CronScheduleBuilder.cronSchedule(cron.expression())
                    .inTimeZone(cron.timeZone())
                    .withMisfireHandlingInstructionFireAndProceed())
            .build();
    if (trigger.getFireTimeAfter(trigger.getStartTime()) == null) {
      LOG.warn(
          "event=schedule.never-fires job={} schedule={} cron=\"{}\"",
          entry.job(),
          entry.schedule().name(),
          cron);
      return;
    }
    scheduler.scheduleJob(call, trigger);
  }

  /** Ends the schedules. No call begins after this; one that is under way may still end. */
  @Override
  public void close() {
    closed = true;
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz did not stop", e);
    }
  }

  /** Notes when it is to come again. */
  private final class Pulse implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      nextPulse = Optional.of(context.getNextFireTime().toInstant());
    }
  }

  /** Quartz's form of one firing. */
  @DisallowConcurrentExecution
  private final class Call implements Job {
    private final JobKey key;

    Call(JobKey key) {
      this.key = key;
    }

    @Override
    public void execute(JobExecutionContext context) {
      Entry entry = entries.get(key);
      if (closed || entry == null) {
        return;
      }
      try {
        firing.fire(entry.job(), entry.schedule(), context.getScheduledFireTime().toInstant());
      } catch (RuntimeException e) {
        // A schedule outlives whatever its lane throws: the next firing comes all the same.
        LOG.error(
            "event=schedule.firing-failed job={} schedule={}",
            entry.job(),
            entry.schedule().name(),
            e);
      }
    }
  }
}
