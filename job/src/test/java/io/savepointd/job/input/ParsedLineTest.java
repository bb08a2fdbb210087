package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParsedLineTest {
  @ParameterizedTest
  @ValueSource(strings = {"1 -3", "  1\t -3 ", "1 -3\r", "+1 -3", "01 -003"})
  void readsTwoWholeNumbersHoweverTheyAreSpaced(String line) {
    assertThat(ParsedLine.of(line)).isEqualTo(new ParsedLine.Good(1, -3));
  }

  @Test
  void readsTheLargestAndTheSmallestLong() {
    assertThat(ParsedLine.of("9223372036854775807 -9223372036854775808"))
        .isEqualTo(new ParsedLine.Good(Long.MAX_VALUE, Long.MIN_VALUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "''|empty",
        "'   '|empty",
        "7|one field",
        "1 2 3|more than two fields",
        "one 2|not two whole numbers of 64 bits",
        "1 2x|not two whole numbers of 64 bits",
        "1 2.5|not two whole numbers of 64 bits",
        "1 9223372036854775808|not two whole numbers of 64 bits",
        "-9223372036854775809 1|not two whole numbers of 64 bits",
        "1,2|one field"
      })
  void saysWhatIsWrongWithABadLine(String line, String reason) {
    assertThat(ParsedLine.of(line)).isEqualTo(new ParsedLine.Bad(reason));
  }
}
