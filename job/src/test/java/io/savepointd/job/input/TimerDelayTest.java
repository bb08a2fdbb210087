package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TimerDelayTest {
  @Test
  void completesAfterItsTime() throws Exception {
    try (TimerDelay delay = new TimerDelay("test")) {
      long before = System.nanoTime();
      delay.after(Duration.ofMillis(20)).get(10, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(Duration.ofMillis(20));
    }
  }

  @Test
  void completesNothingOnceClosed() {
    TimerDelay delay = new TimerDelay("test");
    CompletableFuture<Void> future = delay.after(Duration.ofMillis(5));
    delay.close();
    // Either it was quicker than the close, or it never completes; it must not fail.
    assertThat(future.isCompletedExceptionally()).isFalse();
  }
}
