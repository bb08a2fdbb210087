package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** As System.nanoTime may: it begins anywhere and runs over. */
  private long nanos = Long.MAX_VALUE - 5;

  private final Progress progress = new Progress(() -> nanos);

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void stallsOnceItsOwnBoundsAndTheGraceAreOver() {
    progress.at("waits", Duration.ofSeconds(60));
    pass(90);
    assertThat(progress.stall(GRACE)).isEmpty();

    pass(1);
    assertThat(progress.stall(GRACE)).contains(new Progress.Stall("waits", Duration.ofSeconds(91)));
  }

  @Test
  void aBeatBeginsTheSameAnew() {
    progress.at("verifies", Duration.ofSeconds(60));
    pass(80);
    progress.beat();
    pass(80);
    assertThat(progress.stall(GRACE)).isEmpty();

    pass(11);
    assertThat(progress.stall(GRACE).orElseThrow().doing()).isEqualTo("verifies");
  }

  @Test
  void aThreadThatNeverBeginsStallsToo() {
    pass(31);

    assertThat(progress.stall(GRACE)).isPresent();
  }
}
