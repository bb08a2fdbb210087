package io.savepointd.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Savepoint;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One of each of the newest so many hours, days, weeks, months, years. */
class PeriodicRetentionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

  private static RetentionPlan plan(RuleSettings rules, ZoneId zone, String... times) {
    List<Savepoint> savepoints =
        IntStream.range(0, times.length)
            .mapToObj(i -> Savepoints.savepoint(i, Instant.parse(times[i])))
            .toList();
    return RetentionPolicy.of(rules).withZone(zone).plan(savepoints, Map.of(), LATER);
  }

  /** The times of those kept, oldest first, as they were written. */
  private static List<String> kept(RuleSettings rules, ZoneId zone, String... times) {
    List<Instant> kept = plan(rules, zone, times).kept().stream().map(Savepoint::takenAt).toList();
    return Arrays.stream(times).filter(time -> kept.contains(Instant.parse(time))).toList();
  }

  private static RuleSettings rules() {
    return RuleSettings.none();
  }

  @Test
  void keepsTheNewestOfEachHour() {
    assertThat(
            kept(
                rules().keepHourly(2),
                ZoneOffset.UTC,
                "2026-03-01T08:59:59Z",
                "2026-03-01T09:00:00Z",
                "2026-03-01T09:59:59Z",
                "2026-03-01T10:00:00Z",
                "2026-03-01T10:30:00Z"))
        .containsExactly("2026-03-01T09:59:59Z", "2026-03-01T10:30:00Z");
  }

  @Test
  void passesOverPeriodsWithoutASavepoint() {
    assertThat(
            kept(
                rules().keepDaily(2),
                ZoneOffset.UTC,
                "2025-11-01T08:00:00Z",
                "2025-12-24T08:00:00Z",
                "2025-12-24T09:00:00Z",
                "2026-03-01T08:00:00Z"))
        .containsExactly("2025-12-24T09:00:00Z", "2026-03-01T08:00:00Z");
  }

  @Test
  void weeksBeginOnMondayAndRunThroughNewYear() {
    // 2026-12-28 is a Monday, week 53 of 2026, which ends on Sunday 2027-01-03.
    RetentionPlan plan =
        plan(
            rules().keepWeekly(2),
            ZoneOffset.UTC,
            "2026-12-27T23:00:00Z",
            "2026-12-28T00:00:00Z",
            "2027-01-03T23:00:00Z",
            "2027-01-04T00:00:00Z");

    assertThat(plan.decisions().stream().map(d -> d.reasons().get(d.reasons().size() - 1)))
        .containsExactly(
            "newest of week 2027-W01, 1 of 2",
            "newest of week 2026-W53, 2 of 2",
            "not the newest of week 2026-W53",
            "week 2026-W52 is number 3, only 2 are kept");
  }

  @Test
  void keepsTheNewestOfEachMonthAndYear() {
    String[] times = {
      "2024-06-30T00:00:00Z",
      "2025-12-31T23:59:59Z",
      "2026-01-01T00:00:00Z",
      "2026-01-31T00:00:00Z",
      "2026-02-01T00:00:00Z"
    };

    assertThat(kept(rules().keepMonthly(3), ZoneOffset.UTC, times))
        .containsExactly("2025-12-31T23:59:59Z", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z");
    assertThat(kept(rules().keepYearly(2), ZoneOffset.UTC, times))
        .containsExactly("2025-12-31T23:59:59Z", "2026-02-01T00:00:00Z");
  }

  @Test
  void daysBeginWhereTheZoneSays() {
    String[] times = {"2026-06-30T21:59:00Z", "2026-06-30T22:00:00Z", "2026-06-30T23:00:00Z"};

    assertThat(kept(rules().keepDaily(9), ZoneOffset.UTC, times))
        .containsExactly("2026-06-30T23:00:00Z");
    assertThat(kept(rules().keepDaily(9), BERLIN, times))
        .containsExactly("2026-06-30T21:59:00Z", "2026-06-30T23:00:00Z");
    assertThat(kept(rules().keepMonthly(9), BERLIN, times))
        .containsExactly("2026-06-30T21:59:00Z", "2026-06-30T23:00:00Z");
  }

  @Test
  void hoursBeginWhereTheZoneSays() {
    assertThat(
            kept(
                rules().keepHourly(9),
                ZoneId.of("Asia/Kathmandu"),
                "2026-03-01T10:14:00Z",
                "2026-03-01T10:15:00Z",
                "2026-03-01T11:14:00Z"))
        .as("a quarter past the hour in UTC")
        .containsExactly("2026-03-01T10:14:00Z", "2026-03-01T11:14:00Z");
  }

  @Test
  void theHourThatComesTwiceIsTwoHours() {
    // In Berlin 02:00 to 03:00 on 2026-10-25 is first +02:00, from 00:00 UTC on, then +01:00.
    RetentionPlan plan =
        plan(
            rules().keepHourly(3),
            BERLIN,
            "2026-10-25T00:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
            "2026-10-25T02:00:00Z");

    assertThat(plan.decisions().stream().map(d -> d.reasons().get(d.reasons().size() - 1)))
        .containsExactly(
            "newest of hour 2026-10-25 03:00+01:00, 1 of 3",
            "newest of hour 2026-10-25 02:00+01:00, 2 of 3",
            "newest of hour 2026-10-25 02:00+02:00, 3 of 3",
            "not the newest of hour 2026-10-25 02:00+02:00");
  }

  @Test
  void aDayOf25HoursIsOneDay() {
    assertThat(
            kept(
                rules().keepDaily(9),
                BERLIN,
                "2026-10-24T21:59:00Z",
                "2026-10-24T22:00:00Z",
                "2026-10-25T22:59:00Z",
                "2026-10-25T23:00:00Z"))
        .containsExactly("2026-10-24T21:59:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z");
  }

  @Test
  void theHourThatIsSkippedIsNotMissed() {
    // In Berlin 01:59 on 2026-03-29 is followed by 03:00.
    assertThat(
            kept(
                rules().keepHourly(2),
                BERLIN,
                "2026-03-28T23:30:00Z",
                "2026-03-29T00:00:00Z",
                "2026-03-29T00:59:00Z",
                "2026-03-29T01:00:00Z"))
        .containsExactly("2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z");
  }

  @Test
  void aDayOf23HoursIsOneDay() {
    assertThat(
            kept(
                rules().keepDaily(9),
                BERLIN,
                "2026-03-28T23:00:00Z",
                "2026-03-29T21:59:00Z",
                "2026-03-29T22:00:00Z"))
        .containsExactly("2026-03-29T21:59:00Z", "2026-03-29T22:00:00Z");
  }

  @Test
  void aDayThatClocksWentBackIntoIsStillOneDay() {
    // In Goose Bay, 00:01 on 2010-11-07 was followed by 23:01 of the day before.
    assertThat(
            kept(
                rules().keepDaily(9),
                ZoneId.of("America/Goose_Bay"),
                "2010-11-07T02:30:00Z",
                "2010-11-07T03:00:30Z",
                "2010-11-07T03:30:00Z",
                "2010-11-07T05:00:00Z"))
        .containsExactly("2010-11-07T03:30:00Z", "2010-11-07T05:00:00Z");
  }
}
