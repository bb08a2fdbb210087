package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Secret;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiscretionTest {
  private static String shown(String words, String... headers) {
    return Discretion.of(Stream.of(headers).map(Secret::new).toList()).in(words);
  }

  @Test
  void takesOutAValueAndWhatFollowsItsScheme() {
    assertThat(shown("got 'Bearer s3cr3t-t0ken'", "Bearer s3cr3t-t0ken")).isEqualTo("got '******'");
    assertThat(shown("bad token s3cr3t-t0ken.", "Bearer s3cr3t-t0ken"))
        .isEqualTo("bad token ******.");
    assertThat(shown("who is hunter2?", "Bearer hunter2")).isEqualTo("who is ******?");
  }

  @Test
  void takesOutAShortValueOnlyWhereItStandsByItself() {
    assertThat(shown("FlinkJobNotFoundException by 'Flink'", "Flink"))
        .isEqualTo("FlinkJobNotFoundException by '******'");
  }

  @Test
  void leavesAloneWhatIsInAllWords() {
    assertThat(shown("an error", "", "an", "err", "  ")).isEqualTo("an error");
  }

  @Test
  void takesOutWhatIsEscapedOrCut() {
    assertThat(shown("{\"got\": \"a\\\"b\\\\cdefgh\"}", "a\"b\\cdefgh"))
        .isEqualTo("{\"got\": \"******\"}");
    assertThat(shown("it was s3cr3t-t…", "s3cr3t-t0ken")).isEqualTo("it was ******…");
  }

  @Test
  void takesOutTheLongerOneOfTwo() {
    assertThat(shown("s3cr3t-t0ken-more", "s3cr3t-t0ken", "s3cr3t-t0ken-more")).isEqualTo("******");
  }

  @Test
  void tellsNobodyWhatItKeepsBack() {
    assertThat(Discretion.of(List.of(new Secret("s3cr3t-t0ken"))).toString())
        .doesNotContain("s3cr3t");
  }
}
