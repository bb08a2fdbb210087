package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SteadyPaceTest {
  private final SteppedTime time = new SteppedTime();

  @Test
  void givesTheFirstAtOnceAndTheNextWhenItIsDue() {
    SteadyPace pace = new SteadyPace(10, time, time);
    assertThat(taken(pace)).isEqualTo(1);
    time.passes(Duration.ofMillis(99));
    assertThat(taken(pace)).isZero();
    time.passes(Duration.ofMillis(1));
    assertThat(taken(pace)).isEqualTo(1);
  }

  @Test
  void keepsItsRateOverALongTime() {
    SteadyPace pace = new SteadyPace(3_000, time, time);
    long taken = 0;
    for (int step = 0; step < 10_000; step++) {
      time.passes(Duration.ofMillis(7));
      taken += taken(pace);
    }
    assertThat(taken).isBetween(209_995L, 210_005L);
  }

  @Test
  void catchesUpWithOneSecondAtMost() {
    SteadyPace pace = new SteadyPace(50, time, time);
    time.passes(Duration.ofMinutes(5));
    assertThat(taken(pace)).isEqualTo(50);
  }

  @Test
  void wakesUpWhenTheNextIsDue() {
    SteadyPace pace = new SteadyPace(10, time, time);
    assertThat(pace.available()).isDone();
    taken(pace);
    CompletableFuture<Void> available = pace.available();
    time.passes(Duration.ofMillis(99));
    assertThat(available).isNotDone();
    time.passes(Duration.ofMillis(1));
    assertThat(available).isDone();
    assertThat(pace.take()).isTrue();
  }

  @Test
  void asksForOneTimerHoweverOftenItIsAsked() {
    SteadyPace pace = new SteadyPace(10, time, time);
    taken(pace);
    assertThat(pace.available()).isSameAs(pace.available());
    assertThat(time.timers()).isEqualTo(1);
  }

  @Test
  void closesItsTimer() {
    new SteadyPace(10, time, time).close();
    assertThat(time.isClosed()).isTrue();
  }

  private static long taken(SteadyPace pace) {
    long taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }
}
