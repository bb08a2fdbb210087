package io.savepointd.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "P7D, 7d",
    "P1DT2H3M, 1d 2h",
    "PT1H30M, 1h 30m",
    "PT59M1S, 59m 1s",
    "PT2S, 2s",
    "PT0.25S, 250ms",
    "PT0S, 0ms"
  })
  void tellsATimeByItsLargestUnits(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1536, 1.5 KiB",
    "536870912000, 500.0 GiB",
    "9223372036854775807, 8.0 EiB"
  })
  void tellsASizeInItsLargestUnit(long bytes, String words) {
    assertThat(Words.bytes(bytes)).isEqualTo(words);
  }
}
