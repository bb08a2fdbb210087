package io.savepointd.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Quartz does, which docs/configuration.md promises. In Berlin the clock went from 02:00 to
 * 03:00 at 2026-03-29T01:00Z, and goes from 03:00 back to 02:00 at 2026-10-25T01:00Z.
 */
class CronScheduleTest {
  private static final String BERLIN = "Europe/Berlin";

  private static List<String> firings(String cron, String zone, String after, int count) {
    CronSchedule schedule = CronSchedule.parse(cron, ZoneId.of(zone));
    return Stream.iterate(
            schedule.next(Instant.parse(after)),
            Optional::isPresent,
            last -> last.flatMap(schedule::next))
        .limit(count)
        .map(firing -> firing.orElseThrow().toString())
        .toList();
  }

  @Test
  void readsSecondsFirst() {
    assertThat(firings("15 30 9 * * ?", "UTC", "2026-01-01T00:00:00Z", 2))
        .containsExactly("2026-01-01T09:30:15Z", "2026-01-02T09:30:15Z");
  }

  @ParameterizedTest
  @CsvSource({
    "0/30 * * * * ?, 2026-01-01T00:00:30Z, 2026-01-01T00:01:00Z",
    "0 0/15 * * * ?, 2026-01-01T00:15:00Z, 2026-01-01T00:30:00Z",
    "0 5 * * * ?, 2026-01-01T00:05:00Z, 2026-01-01T01:05:00Z",
    "0 0 0/6 * * ?, 2026-01-01T06:00:00Z, 2026-01-01T12:00:00Z",
    "0 15 3 * * ?, 2026-01-01T03:15:00Z, 2026-01-02T03:15:00Z",
    "0 0 9-17 ? * MON-FRI, 2026-01-01T09:00:00Z, 2026-01-01T10:00:00Z",
    "0 0 3 ? * SUN, 2026-01-04T03:00:00Z, 2026-01-11T03:00:00Z",
    "0 0 4 1 * ?, 2026-01-01T04:00:00Z, 2026-02-01T04:00:00Z",
    "0 0 4 L * ?, 2026-01-31T04:00:00Z, 2026-02-28T04:00:00Z",
    "0 0 4 ? * 6#1, 2026-01-02T04:00:00Z, 2026-02-06T04:00:00Z"
  })
  void firesAsTheExamplesInTheDocumentationSay(String cron, String first, String second) {
    assertThat(firings(cron, "UTC", "2026-01-01T00:00:00Z", 2)).containsExactly(first, second);
  }

  @Test
  void firesStrictlyAfterTheTimeGiven() {
    assertThat(firings("0 0 * * * ?", "UTC", "2026-01-01T01:00:00Z", 1))
        .containsExactly("2026-01-01T02:00:00Z");
    assertThat(firings("0 0 * * * ?", "UTC", "2026-01-01T00:59:59.999Z", 1))
        .containsExactly("2026-01-01T01:00:00Z");
  }

  @Test
  void endsWithTheYearsItNames() {
    assertThat(firings("0 0 0 1 1 ? 2027", "UTC", "2026-01-01T00:00:00Z", 5))
        .containsExactly("2027-01-01T00:00:00Z");
  }

  @Test
  void readsItsFieldsInItsZone() {
    assertThat(firings("0 0 2 * * ?", "Asia/Kathmandu", "2026-01-01T00:00:00Z", 1))
        .containsExactly("2026-01-01T20:15:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+02:00", "UTC+2", "UTC+02:00", "GMT+2", "UT+02:00"})
  void takesFixedOffsetsByAnyOfTheirNames(String zone) {
    assertThat(firings("0 0 2 * * ?", zone, "2026-01-01T01:00:00Z", 1))
        .containsExactly("2026-01-02T00:00:00Z");
    assertThat(CronSchedule.parse("0 0 2 * * ?", ZoneId.of(zone)).timeZone().getRawOffset())
        .isEqualTo(7_200_000);
  }

  @Test
  void leavesOutATimeThatTheClockJumpsOver() {
    assertThat(firings("0 30 2 * * ?", BERLIN, "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void goesOnAtItsPaceWhereTheClockJumpsAhead() {
    assertThat(firings("0 0/30 * * * ?", BERLIN, "2026-03-29T00:15:00Z", 4))
        .containsExactly(
            "2026-03-29T00:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:30:00Z",
            "2026-03-29T02:00:00Z");
  }

  @Test
  void firesOnceInTheHourThatComesTwice() {
    assertThat(firings("0 30 2 * * ?", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void passesOverTheFirstOfTheTwoHoursHoweverOftenItFires() {
    assertThat(firings("0/30 * * * * ?", BERLIN, "2026-10-24T23:59:00Z", 3))
        .containsExactly("2026-10-24T23:59:30Z", "2026-10-25T01:00:00Z", "2026-10-25T01:00:30Z");
  }

  @Test
  void losesAnHourMoreIfItIsAskedInTheFirstOfTheTwo() {
    assertThat(firings("0/30 * * * * ?", BERLIN, "2026-10-25T00:40:10Z", 1))
        .containsExactly("2026-10-25T01:40:30Z");
    assertThat(firings("0 30 2 * * ?", BERLIN, "2026-10-25T00:40:10Z", 1))
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void knowsNoSuchGapsInUtc() {
    assertThat(firings("0/30 * * * * ?", "UTC", "2026-10-24T23:59:00Z", 3))
        .containsExactly("2026-10-24T23:59:30Z", "2026-10-25T00:00:00Z", "2026-10-25T00:00:30Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "hello", "* * * * *", "0 0 24 * * ?", "0 0 0 * * *", "@daily"})
  void refusesWhatIsNoExpression(String cron) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronSchedule.parse(cron, ZoneId.of("UTC")))
        .withMessageMatching(".+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {", 0 0 * * ?", "0 , 0 * * ?", "0 0 , * * ?", "0 0 0 * , ?", "0 0 0 ? * ,"})
  void refusesOrNeverFiresWhereAFieldHoldsNoValue(String cron) {
    try {
      assertThat(firings(cron, "UTC", "2026-01-01T00:00:00Z", 1)).isEmpty();
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("A field holds no value");
    }
  }

  @Test
  void equalsAnotherOfTheSameExpressionAndZone() {
    CronSchedule schedule = CronSchedule.parse("0 0 2 * * ?", ZoneId.of("UTC"));

    assertThat(schedule)
        .isEqualTo(CronSchedule.parse("0 0 2 * * ?", ZoneId.of("UTC")))
        .hasSameHashCodeAs(CronSchedule.parse("0 0 2 * * ?", ZoneId.of("UTC")))
        .isNotEqualTo(CronSchedule.parse("0 0 2 * * ?", ZoneId.of(BERLIN)))
        .isNotEqualTo(CronSchedule.parse("0 0 3 * * ?", ZoneId.of("UTC")))
        .hasToString("0 0 2 * * ? UTC");
  }
}
