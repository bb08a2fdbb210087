package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoubtTest {
  private final SettableClock clock = new SettableClock(KeeperWorld.START);
  private final Doubt doubt = new Doubt(clock, Duration.ofSeconds(10));

  private void thenUnknown(String path) {
    assertThat(doubt.about(path, "cut", "")).isInstanceOf(RestorePoint.Unknown.class);
  }

  private void thenBad(String path) {
    assertThat(doubt.about(path, "cut", "; so be it"))
        .isEqualTo(new RestorePoint.Bad(path, "cut; so be it"));
  }

  @Test
  void lastsForAWhileAndNoLonger() {
    thenUnknown("a");
    clock.advance(Duration.ofMillis(9_999));
    thenUnknown("a");
    clock.advance(Duration.ofMillis(1));
    thenBad("a");
    clock.advance(Duration.ofDays(1));
    thenBad("a");
  }

  @Test
  void isOverForEachOfSeveralThoughTheyAreLookedAtInTurns() {
    for (int i = 0; i < 10; i++) {
      thenUnknown("a");
      thenUnknown("b");
      clock.advance(Duration.ofSeconds(1));
    }
    thenBad("a");
    thenBad("b");
  }

  @Test
  void beginsAnewForAnotherAndWhenTheClockIsSetBack() {
    thenUnknown("a");
    clock.advance(Duration.ofSeconds(11));
    thenUnknown("b");
    clock.set(KeeperWorld.START);
    thenUnknown("b");
    clock.advance(Duration.ofSeconds(10));
    thenBad("b");
  }
}
