package io.savepointd.schedule;

import io.savepointd.model.JobName;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
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

  /** A trigger may fire at its very start; this keeps one from firing for the second it is in. */
  private static final Duration NEXT_SECOND = Duration.ofSeconds(1);

  private final Map<JobKey, Slot> slots = new ConcurrentHashMap<>();
  private final Firing firing;
  private final Scheduler scheduler;
  private boolean started;
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
    byKey(schedules).forEach((key, entry) -> slots.put(key, new Slot(entry)));
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
  public synchronized void start() {
    try {
      started = true;
      scheduler.setJobFactory(
          (bundle, quartz) -> {
            JobKey key = bundle.getJobDetail().getKey();
            return key.equals(PULSE) ? new Pulse() : new Call(key);
          });
      for (Slot slot : slots.values()) {
        add(slot.entry(), Optional.empty());
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

  /**
   * Puts other schedules in the place of those there are. One that stays doesn't notice; a new or
   * changed one fires for times after {@code now}; what a changed one was to fire for until then,
   * it does.
   *
   * @param now by the system's clock, which Quartz goes by
   * @throws IllegalArgumentException if a job has two schedules of one name; then nothing changes
   */
  public synchronized void take(List<Entry> schedules, Instant now) {
    Map<JobKey, Entry> next = byKey(schedules);
    if (closed) {
      return;
    }
    try {
      for (JobKey gone : Set.copyOf(slots.keySet())) {
        if (!next.containsKey(gone)) {
          slots.remove(gone);
          drop(gone);
        }
      }
      for (Map.Entry<JobKey, Entry> wanted : next.entrySet()) {
        take(wanted.getKey(), wanted.getValue(), now);
      }
    } catch (SchedulerException e) {
      throw new IllegalStateException("Quartz did not take the schedules", e);
    }
  }

  private void take(JobKey key, Entry wanted, Instant now) throws SchedulerException {
    Slot slot = slots.get(key);
    if (slot == null) {
      slots.put(key, new Slot(wanted));
      if (started) {
        add(wanted, Optional.of(now));
      }
      return;
    }
    Entry before = slot.entry();
    boolean sameTimes = before.schedule().cron().equals(wanted.schedule().cron());
    if (started && !sameTimes) {
      Optional<Instant> due = drop(key);
      if (due.isPresent() && !due.get().isAfter(now)) {
        slot.fire(due.get()); // Quartz was about to: the change came between
      }
      slot.take(wanted);
      add(wanted, Optional.of(now));
    } else {
      slot.take(wanted);
    }
  }

  /** Takes a schedule out of Quartz; when it would have fired next. */
  private Optional<Instant> drop(JobKey key) throws SchedulerException {
    Optional<Instant> due =
        scheduler.getTriggersOfJob(key).stream()
            .flatMap(trigger -> Stream.ofNullable(trigger.getNextFireTime()))
            .map(Date::toInstant)
            .findFirst();
    boolean unused = scheduler.deleteJob(key); // false where it was never to fire
    return due;
  }

  private void add(Entry entry, Optional<Instant> after) throws SchedulerException {
    CronSchedule cron = entry.schedule().cron();
    JobDetail call = JobBuilder.newJob(Call.class).withIdentity(entry.key()).build();
    TriggerBuilder<Trigger> builder = TriggerBuilder.newTrigger();
    after.ifPresent(from -> builder.startAt(Date.from(from.plus(NEXT_SECOND))));
    CronTrigger trigger =
        builder
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

  /**
   * The place of one schedule, which outlives its changes: so that no time is fired for twice, once
   * by Quartz and once for it.
   */
  private final class Slot {
    private Entry entry;
    private Optional<Instant> last = Optional.empty();

    Slot(Entry entry) {
      this.entry = entry;
    }

    synchronized Entry entry() {
      return entry;
    }

    synchronized void take(Entry next) {
      entry = next;
    }

    private synchronized Optional<Entry> claim(Instant due) {
      boolean again = last.equals(Optional.of(due));
      last = Optional.of(due);
      return again ? Optional.empty() : Optional.of(entry);
    }

    void fire(Instant due) {
      claim(due).ifPresent(claimed -> call(claimed, due));
    }

    private void call(Entry claimed, Instant due) {
      try {
        firing.fire(claimed.job(), claimed.schedule(), due);
      } catch (RuntimeException e) {
        // A schedule outlives whatever its lane throws: the next firing comes all the same.
        LOG.error(
            "event=schedule.firing-failed job={} schedule={}",
            claimed.job(),
            claimed.schedule().name(),
            e);
      }
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
      Slot slot = slots.get(key);
      if (!closed && slot != null) {
        slot.fire(context.getScheduledFireTime().toInstant());
      }
    }
  }
}
