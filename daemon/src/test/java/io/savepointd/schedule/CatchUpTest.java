package io.savepointd.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private final CronSchedule hourly = CronSchedule.parse("0 0 * * * ?", ZoneId.of("UTC"));

  private static Instant at(String time) {
    return Instant.parse("2026-03-01T" + time + "Z");
  }

  @Test
  void nothingIsDueBeforeTheNextTime() {
    assertThat(CatchUp.due(hourly, at("12:00:00.010"), at("12:59:59.999"))).isEmpty();
  }

  @Test
  void isDueAtTheVeryMoment() {
    assertThat(CatchUp.due(hourly, at("12:00:00.010"), at("13:00:00"))).contains(at("13:00:00"));
  }

  @Test
  void manyMissedOnesAreOneCatchUpForTheFirst() {
    assertThat(CatchUp.due(hourly, at("02:30:00"), at("12:00:01"))).contains(at("03:00:00"));
  }

  @Test
  void theLastOneIsNotMissedAgain() {
    assertThat(CatchUp.due(hourly, at("12:00:00"), at("12:00:05"))).isEmpty();
  }

  @Test
  void aClockSetBackMissesNothing() {
    assertThat(CatchUp.due(hourly, at("14:00:00"), at("12:00:00"))).isEmpty();
  }

  @Test
  void aScheduleThatIsOverMissesNothing() {
    CronSchedule past = CronSchedule.parse("0 0 0 1 1 ? 2020", ZoneId.of("UTC"));

    assertThat(CatchUp.due(past, at("12:00:00"), at("13:00:00"))).isEmpty();
  }

  @Test
  void countsInTheSchedulesZone() {
    CronSchedule morning = CronSchedule.parse("0 0 6 * * ?", ZoneId.of("Asia/Tokyo"));

    assertThat(CatchUp.due(morning, at("20:00:00"), at("20:59:59"))).isEmpty();
    assertThat(CatchUp.due(morning, at("20:00:00"), at("21:00:00"))).contains(at("21:00:00"));
  }
}
