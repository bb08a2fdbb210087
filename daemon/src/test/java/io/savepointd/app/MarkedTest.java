package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.supervise.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkedTest {
  private static final Duration BOUND = Duration.ofSeconds(10);

  private long nanos;
  private final Progress progress = new Progress(() -> nanos);
  private final Marked marked = new Marked(progress);

  /** A seam of two calls. */
  interface Seam {
    String slow(String what) throws IOException;

    int known();
  }

  private Seam seam(Seam target) {
    return marked.calls(
        Seam.class,
        target,
        "storage",
        method -> method.equals("slow") ? Optional.of(BOUND) : Optional.empty());
  }

  private Optional<Progress.Stall> stallAfter(Duration time) {
    nanos += time.toNanos();
    return progress.stall(Duration.ofSeconds(1));
  }

  @Test
  void saysWhatACallDoesForAsLongAsItMayTake() throws IOException {
    Seam seam =
        seam(
            new Seam() {
              @Override
              public String slow(String what) {
                assertThat(stallAfter(BOUND)).isEmpty();
                assertThat(stallAfter(Duration.ofSeconds(2)))
                    .contains(new Progress.Stall("storage: slow hdfs://x", Duration.ofSeconds(12)));
                return what + "!";
              }

              @Override
              public int known() {
                return 7;
              }
            });

    assertThat(seam.slow("hdfs://x")).isEqualTo("hdfs://x!");
    assertThat(stallAfter(Duration.ZERO)).isEmpty();
    assertThat(stallAfter(Duration.ofSeconds(2)))
        .contains(new Progress.Stall("goes on after storage: slow", Duration.ofSeconds(2)));
    assertThat(seam.known()).isEqualTo(7);
    assertThat(stallAfter(Duration.ZERO)).isPresent();
  }

  @Test
  void handsFaultsOnAsTheyAre() {
    IOException fault = new IOException("no");
    Seam seam =
        seam(
            new Seam() {
              @Override
              public String slow(String what) throws IOException {
                throw fault;
              }

              @Override
              public int known() {
                return 0;
              }
            });

    assertThatThrownBy(() -> seam.slow("x")).isSameAs(fault);
    assertThat(stallAfter(Duration.ofSeconds(2))).isPresent();
  }
}
