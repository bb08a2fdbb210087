package io.savepointd.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quartz tells the real time, so these run for some seconds; every wait ends with a firing. */
@Timeout(60)
class CronClockTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final long DEADLINE_SECONDS = 20;

  private record Fired(JobName job, String schedule, Instant due) {}

  private final BlockingQueue<Fired> fired = new LinkedBlockingQueue<>();

  private static CronClock.Entry entry(String job, String schedule, String cron) {
    return new CronClock.Entry(
        new JobName(job),
        new ScheduleSettings(schedule, CronSchedule.parse(cron, UTC), SavepointFormat.CANONICAL));
  }

  private void record(JobName job, ScheduleSettings schedule, Instant due) {
    fired.add(new Fired(job, schedule.name(), due));
  }

  private Fired next() throws InterruptedException {
    Fired next = fired.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(next).as("a firing within %d s", DEADLINE_SECONDS).isNotNull();
    return next;
  }

  @Test
  void isOverdueOnlyIfItsPulseDoesNotCome() throws InterruptedException {
    CronClock clock = new CronClock(List.of(entry("one", "often", "* * * * * ?")), this::record);
    clock.pulsate();
    assertThat(clock.overdue(Instant.now().plusSeconds(10))).as("not begun").isFalse();
    clock.start();
    next();
    next();
    next();
    Instant now = Instant.now();

    assertThat(clock.overdue(now)).isFalse();
    assertThat(clock.overdue(now.minus(Duration.ofHours(1)))).as("a clock set back").isFalse();
    clock.close();
    assertThat(clock.overdue(now.plusSeconds(10))).as("no pulse for ten seconds").isTrue();
  }

  @Test
  void isNeverOverdueWithoutAPulse() {
    try (CronClock clock = new CronClock(List.of(), this::record)) {
      clock.start();
      assertThat(clock.overdue(Instant.now().plusSeconds(10))).isFalse();
    }
  }

  @Test
  void firesEachScheduleAtItsTimes() throws InterruptedException {
    try (CronClock clock =
        new CronClock(
            List.of(
                entry("one", "often", "* * * * * ?"),
                entry("two", "often", "* * * * * ?"),
                entry("two", "never", "0 0 0 1 1 ? 2020"),
                entry("two", "rarely", "0 0 0 1 1 ? 2098")),
            this::record)) {
      clock.start();
      List<Fired> seen = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        seen.add(next());
      }
      for (String job : List.of("one", "two")) {
        List<Instant> dues =
            seen.stream().filter(f -> f.job().value().equals(job)).map(Fired::due).toList();
        assertThat(dues).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates().isSorted();
      }
      assertThat(seen).extracting(Fired::schedule).containsOnly("often");
    }
  }

  @Test
  void aFailingCallDoesNotEndItsSchedule() throws InterruptedException {
    try (CronClock clock =
        new CronClock(
            List.of(entry("one", "often", "* * * * * ?")),
            (job, schedule, due) -> {
              record(job, schedule, due);
              throw new IllegalStateException("expected in this test");
            })) {
      clock.start();
      Fired first = next();
      assertThat(next().due()).isAfter(first.due());
      assertThat(next().due()).isAfter(first.due());
    }
  }

  @Test
  void aStallIsMadeGoodForOnceAndNeverOverlaps() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    BlockingQueue<Instant> ticks = new LinkedBlockingQueue<>();
    try (CronClock clock =
        new CronClock(
            List.of(entry("stuck", "often", "* * * * * ?"), entry("tick", "often", "* * * * * ?")),
            (job, schedule, due) -> {
              if (job.value().equals("tick")) {
                ticks.add(due);
                return;
              }
              record(job, schedule, due);
              await(release);
            })) {
      clock.start();
      Fired first = next();
      for (int i = 0; i < 5; i++) {
        assertThat(ticks.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      }
      assertThat(fired).as("no second call while the first one is inside").isEmpty();
      release.countDown();

      Instant caughtUp = next().due();
      Instant following = next().due();
      assertThat(Duration.between(first.due(), caughtUp)).isGreaterThan(Duration.ofSeconds(2));
      assertThat(following).isAfter(caughtUp);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void nothingFiresAfterTheEnd() throws InterruptedException {
    CronClock closed =
        new CronClock(List.of(entry("closed", "often", "* * * * * ?")), this::record);
    BlockingQueue<Instant> ticks = new LinkedBlockingQueue<>();
    try (CronClock other =
        new CronClock(
            List.of(entry("tick", "often", "* * * * * ?")),
            (job, schedule, due) -> ticks.add(due))) {
      closed.start();
      other.start();
      next();
      closed.close();
      closed.close();
      fired.clear();
      ticks.clear();
      for (int i = 0; i < 3; i++) {
        assertThat(ticks.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      }
      assertThat(fired.stream().map(Fired::due).distinct().count()).isLessThanOrEqualTo(1);
    }
  }

  /** All of these fire every second, so whatever comes in between, each second has one firing. */
  @Test
  void losesAndDoublesNoFiringWhereverSchedulesChange() throws InterruptedException {
    List<String> everySecond = List.of("* * * * * ?", "0/1 * * * * ?", "0-59 * * * * ?");
    Clock now = Clock.systemUTC();
    try (CronClock clock =
        new CronClock(
            List.of(entry("one", "often", everySecond.get(0)), entry("tick", "t", "* * * * * ?")),
            this::record)) {
      clock.start();
      next();
      List<Fired> seen = new ArrayList<>();
      for (int change = 0; seen.stream().filter(f -> f.schedule().equals("t")).count() < 5; ) {
        change++;
        clock.take(
            List.of(
                entry("one", "often", everySecond.get(change % 3)),
                entry("tick", "t", "* * * * * ?")),
            now.instant());
        Fired fired = this.fired.poll(7L * (change % 5), TimeUnit.MILLISECONDS);
        if (fired != null) {
          seen.add(fired);
        }
      }
      List<Instant> dues = dues(seen, "often");
      List<Instant> ticks = dues(seen, "t");
      assertThat(dues).doesNotHaveDuplicates().isSorted();
      assertThat(ticks).doesNotHaveDuplicates().isSorted();
      for (int i = 1; i < dues.size(); i++) {
        assertThat(dues.get(i)).isEqualTo(dues.get(i - 1).plusSeconds(1));
      }
      // The first firing of all was taken off before, and the last may not have come yet.
      assertThat(dues.get(0)).isBeforeOrEqualTo(ticks.get(0).plusSeconds(1));
      assertThat(dues.get(dues.size() - 1))
          .isAfterOrEqualTo(ticks.get(ticks.size() - 1).minusSeconds(1));
    }
  }

  private static List<Instant> dues(List<Fired> fired, String schedule) {
    return fired.stream().filter(f -> f.schedule().equals(schedule)).map(Fired::due).toList();
  }

  @Test
  void aScheduleThatIsTakenAwayNoLongerFiresAndANewOneDoes() throws InterruptedException {
    Clock now = Clock.systemUTC();
    try (CronClock clock =
        new CronClock(List.of(entry("gone", "often", "* * * * * ?")), this::record)) {
      clock.start();
      next();
      Instant changed = now.instant();
      clock.take(List.of(entry("new", "often", "* * * * * ?")), changed);
      fired.clear();
      for (int i = 0; i < 2; i++) {
        Fired of = next();
        assertThat(of.job()).hasToString("new");
        assertThat(of.due()).as("no catching up").isAfter(changed);
      }
    }
  }

  @Test
  void leavesNoThreadThatHoldsUpTheEnd() {
    try (CronClock clock =
        new CronClock(List.of(entry("one", "rarely", "0 0 0 1 1 ? 2098")), this::record)) {
      clock.start();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("cron"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void mayBeClosedWithoutAStart() {
    new CronClock(List.of(), this::record).close();
  }

  @Test
  void refusesTwoSchedulesOfOneName() {
    List<CronClock.Entry> twins =
        List.of(entry("one", "often", "* * * * * ?"), entry("one", "often", "0 * * * * ?"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CronClock(twins, this::record))
        .withMessageContaining("job one has two schedules named often");
  }
}
