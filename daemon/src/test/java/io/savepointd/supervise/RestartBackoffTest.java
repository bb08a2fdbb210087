package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.RunEnd;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** With a backoff of 10 s, doubled up to a minute, and cleared by a run of five minutes. */
class RestartBackoffTest {
  private static Instant nextStart(Histories histories) {
    return nextStart(histories, at(1_000_000));
  }

  private static Instant nextStart(Histories histories, Instant now) {
    return RestartBackoff.nextStart(histories.done(), KeeperWorld.SETTINGS.backoff(), now);
  }

  private static Histories deaths(int count) {
    Histories histories = new Histories();
    for (int i = 1; i <= count; i++) {
      histories.running(i, i * 10L).ended(i, RunEnd.FAILED, i * 10L + 1);
    }
    return histories;
  }

  @Test
  void startsAtOnceForTheFirstTimeAndAfterTheFirstDeath() {
    assertThat(nextStart(deaths(0))).isEqualTo(Instant.MIN);
    assertThat(nextStart(deaths(1))).isEqualTo(Instant.MIN);
  }

  @Test
  void doublesTheWaitUpToTheMost() {
    assertThat(nextStart(deaths(2))).isEqualTo(at(21 + 10));
    assertThat(nextStart(deaths(3))).isEqualTo(at(31 + 20));
    assertThat(nextStart(deaths(4))).isEqualTo(at(41 + 40));
    assertThat(nextStart(deaths(5))).isEqualTo(at(51 + 60));
    assertThat(nextStart(deaths(500))).isEqualTo(at(5001 + 60));
  }

  @Test
  void clearsTheCountAfterALongLife() {
    assertThat(nextStart(deaths(3).running(4, 100).ended(4, RunEnd.FAILED, 400)))
        .isEqualTo(Instant.MIN);
    assertThat(nextStart(deaths(3).running(4, 100).ended(4, RunEnd.FAILED, 399)))
        .isEqualTo(at(399 + 40));
  }

  @Test
  void countsWhatTheClusterRefused() {
    assertThat(nextStart(deaths(1).intended(2, 20).notStarted(2, 9000))).isEqualTo(at(9000 + 10));
  }

  @Test
  void doesNotBlameARunForItsCancellation() {
    assertThat(nextStart(deaths(3).running(4, 40).ended(4, RunEnd.CANCELED, 41)))
        .isEqualTo(Instant.MIN);
    assertThat(nextStart(deaths(3).intended(4, 40).ended(4, RunEnd.CANCELED, 41)))
        .isEqualTo(at(41 + 40));
  }

  /** Else the job would stay down for as long as the clock was set back. */
  @Test
  void countsNoWaitFromADeathInTheFuture() {
    assertThat(nextStart(deaths(3), at(31))).isEqualTo(at(31 + 20));
    assertThat(nextStart(deaths(3), at(30))).isEqualTo(Instant.MIN);
  }

  /** Else the job would be started again and again without a pause until then. */
  @Test
  void forgivesNothingBecauseOfAReleaseInTheFuture() {
    assertThat(nextStart(deaths(3).released(3600), at(3600))).isEqualTo(Instant.MIN);
    assertThat(nextStart(deaths(3).released(3600), at(40))).isEqualTo(at(31 + 20));
  }
}
