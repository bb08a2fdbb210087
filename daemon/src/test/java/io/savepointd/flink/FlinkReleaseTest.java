package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FlinkReleaseTest {
  private static final Path TABLE = Path.of("..", "docs", "versions.md");

  /** Its first and its last but one column. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\|.*\\| (\\d+) \\|[^|]*\\|$");

  private static FlinkRelease of(String version) {
    return FlinkRelease.of(version).orElseThrow();
  }

  @Test
  void ordersByNumbersAndNotByLetters() {
    assertThat(of("1.9.3")).isLessThan(of("1.20.5"));
    assertThat(of("1.20.5")).isLessThan(of("2.0-SNAPSHOT"));
    assertThat(of("2.3.1")).isEqualByComparingTo(of("2.3.0"));
    assertThat(of("2.10.0")).isGreaterThan(of("2.3.0"));
    assertThat(FlinkRelease.of("DeployedByTheIntern")).isEmpty();
  }

  @Test
  void knowsTheFormatThatEachTestedVersionWrites() throws IOException {
    List<MatchResult> rows = ROW.matcher(Files.readString(TABLE)).results().toList();

    assertThat(rows).hasSameSizeAs(TestedFlinks.MINORS);
    for (MatchResult row : rows) {
      assertThat(of(row.group(1)).savepointFormat())
          .as(row.group())
          .isEqualTo(Integer.parseInt(row.group(2)));
    }
  }
}
