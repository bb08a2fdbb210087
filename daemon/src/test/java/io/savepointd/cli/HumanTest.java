package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HumanTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "4567, 4.5 KiB",
    "1048576, 1.0 MiB",
    "1610612736, 1.5 GiB",
    "9223372036854775807, 8192.0 PiB"
  })
  void saysSizesInTheLargestUnitThatFits(long bytes, String said) {
    assertThat(Human.bytes(bytes)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59, 59s",
    "60, 1m",
    "3599, 59m",
    "3600, 1h 0m",
    "12000, 3h 20m",
    "86399, 23h 59m",
    "86400, 1d 0h",
    "187200, 2d 4h"
  })
  void saysAgesInTwoUnitsAtMost(long seconds, String said) {
    assertThat(Human.age(seconds)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "999, 999ms",
    "4230, 4.2s",
    "59999, 60.0s",
    "60000, 1m 0s",
    "87123, 1m 27s",
    "3599999, 59m 59s",
    "3600000, 1h 0m",
    "90000000, 1d 1h"
  })
  void saysDurationsToTheSecondWithinTheHour(long millis, String said) {
    assertThat(Human.took(millis)).isEqualTo(said);
  }

  @Test
  void shortensIdsToWhatNamesThem() {
    assertThat(Human.id("0123456789abcdef0123456789abcdef")).isEqualTo("0123456789ab");
    assertThat(Human.id("-")).isEqualTo("-");
  }

  @Test
  void saysTimesToTheSecondAndADashForNone() {
    JsonMapper json = JsonMapper.builder().build();

    assertThat(Human.time(json.readTree("\"2026-03-01T12:00:00.250Z\"")))
        .isEqualTo("2026-03-01T12:00:00Z");
    assertThat(Human.time(json.readTree("\"2026-03-01T12:00:00Z\"")))
        .isEqualTo("2026-03-01T12:00:00Z");
    assertThat(Human.time(json.readTree("null"))).isEqualTo("-");
    assertThat(Human.time(json.readTree("{}").path("nextFire"))).isEqualTo("-");
  }
}
