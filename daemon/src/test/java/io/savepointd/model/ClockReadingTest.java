package io.savepointd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockReadingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** The question was under way for 200 ms, and the answer is cut to seconds. */
  @ParameterizedTest
  @CsvSource({"0, 0", "-1000, 0", "200, 0", "201, 1", "-1001, -1", "-31000, -30000"})
  void isOffOnlyByWhatTheReadingProves(long theirsMillis, long aheadMillis) {
    ClockReading reading =
        new ClockReading(
            START, START.plusMillis(200), START.plusMillis(theirsMillis), Duration.ofSeconds(1));

    assertThat(reading.ahead()).isEqualTo(Duration.ofMillis(aheadMillis));
  }
}
