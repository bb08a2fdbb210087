package io.savepointd.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  @ParameterizedTest
  @CsvSource({
    "keep, keep, 0",
    "keep, kep, 1",
    "keep, keeep, 1",
    "keep, kelp, 1",
    "keep, kepe, 1",
    "KEEP_LAST, keep-last, 0",
    "kitten, sitting, 3",
    "'', abc, 3"
  })
  void countsEdits(String one, String other, int distance) {
    assertThat(Suggestion.distance(one, other)).isEqualTo(distance);
    assertThat(Suggestion.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void offersTheNearestOfSeveral() {
    assertThat(Suggestion.near("retentoin", List.of("restart", "retention", "restore")))
        .contains("retention");
  }

  @Test
  void keepsSilentWhereNothingIsNear() {
    assertThat(Suggestion.near("colour", List.of("cluster", "jar", "args"))).isEmpty();
    assertThat(Suggestion.near("x", List.of("a"))).isEmpty();
  }

  @Test
  void knowsTheCaseOfOtherLanguages() {
    assertThat(Suggestion.near("keepLast", List.of("keep-last", "keep-within")))
        .contains("keep-last");
    assertThat(Suggestion.near("entry_class", List.of("entry-class"))).contains("entry-class");
  }
}
