package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestedFlinksTest {
  private static final Path TABLE = Path.of("..", "docs", "versions.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+\\.\\d+)\\.\\d+ \\|");

  @ParameterizedTest
  @ValueSource(strings = {"1.18.1", "1.20.5", "2.0.0", "2.3.0", "2.3-SNAPSHOT", "1.20.1-amzn-0"})
  void saysNothingOfWhatWasTested(String version) {
    assertThat(TestedFlinks.remark(version)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.9.3, 1.18",
    "1.17.2, 1.18",
    "1.21.0, 1.20",
    "2.4-SNAPSHOT, 2.3",
    "2.10.0, 2.3",
    "3.0.0, 2.3",
    "2.33.0, 2.3"
  })
  void namesTheNearestOfAnother(String version, String nearest) {
    assertThat(TestedFlinks.remark(version))
        .hasValue(
            "Flink "
                + version
                + " was not tested: 1.18 to 2.3 were; it is treated as "
                + nearest
                + " is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<unknown>", "2", "99999999999.1", "DeployedByTheIntern"})
  void saysThatAVersionIsNone(String version) {
    assertThat(TestedFlinks.remark(version))
        .hasValue(
            "'" + version + "' is no version of Flink that is known: 1.18 to 2.3 were tested");
  }

  @Test
  void areThoseOfThePublishedTable() throws IOException {
    List<String> rows =
        ROW.matcher(Files.readString(TABLE))
            .results()
            .map((MatchResult row) -> row.group(1))
            .toList();

    assertThat(rows).isEqualTo(TestedFlinks.MINORS);
  }
}
