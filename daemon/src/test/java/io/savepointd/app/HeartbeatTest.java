package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.supervise.Progress;
import io.savepointd.systemd.Notifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time is stepped; what has left is read. */
class HeartbeatTest {
  private static final Duration PERIOD = Duration.ofSeconds(30);

  private long nanos;
  private boolean refused;
  private boolean overdue;
  private String line = "starting: x";
  private final List<String> sent = new ArrayList<>();
  private final Progress lane = new Progress(() -> nanos);
  private final Progress main = new Progress(() -> nanos);
  private Heartbeat heartbeat = heartbeat(Optional.of(PERIOD));

  private Heartbeat heartbeat(Optional<Duration> watchdog) {
    return new Heartbeat(
        new Notifier(Optional.of(this::send)),
        watchdog,
        Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC),
        () -> nanos,
        new Heartbeat.Body() {
          @Override
          public String line(Instant now) {
            return line;
          }

          @Override
          public Map<String, Progress> parts() {
            return Map.of("the main loop", main, "the lane of averaging", lane);
          }

          @Override
          public boolean schedulesOverdue(Instant now) {
            return overdue;
          }
        });
  }

  private void send(byte[] message) throws IOException {
    if (refused) {
      throw new IOException("[11] Resource temporarily unavailable");
    }
    sent.add(new String(message, StandardCharsets.UTF_8));
  }

  private static final Duration LONG = Duration.ofDays(1);

  private void allWaitForLong() {
    main.at("waits", LONG);
    lane.at("waits", LONG);
  }

  private void ready() {
    allWaitForLong();
    heartbeat.ready();
    heartbeat.tick();
    sent.clear();
  }

  /** Seconds with a tick each; what was said meanwhile. */
  private List<String> pass(int seconds) {
    sent.clear();
    for (int i = 0; i < seconds; i++) {
      nanos += Duration.ofSeconds(1).toNanos();
      heartbeat.tick();
    }
    return sent;
  }

  @Test
  void saysReadyOnceAndTheLineOnlyWhenItChanges() {
    allWaitForLong();
    heartbeat.tick();
    assertThat(sent).contains("STATUS=starting: x").noneMatch(m -> m.startsWith("READY"));

    line = "1 job running";
    heartbeat.ready();
    assertThat(pass(1)).containsExactly("READY=1\nSTATUS=1 job running");
    assertThat(pass(8)).noneMatch(m -> m.contains("STATUS"));
    line = "1 job stopped";
    assertThat(pass(2)).containsOnlyOnce("STATUS=1 job stopped");
  }

  @Test
  void saysReadyAgainIfItCouldNotBeSaid() {
    allWaitForLong();
    heartbeat.ready();
    refused = true;
    assertThat(pass(1)).isEmpty();

    refused = false;
    assertThat(pass(1)).containsExactly("READY=1\nSTATUS=starting: x");
  }

  @Test
  void asksForMoreTimeAsLongAsAStartGetsOn() {
    allWaitForLong();
    assertThat(pass(30)).filteredOn("EXTEND_TIMEOUT_USEC=60000000"::equals).hasSize(3);
    assertThat(pass(300)).noneMatch(m -> m.startsWith("WATCHDOG"));
  }

  @Test
  void asksForNoMoreTimeForAStartThatHangs() {
    lane.at("waits", LONG);
    main.at("takes the ledger", Duration.ofSeconds(10));
    pass(45);

    assertThat(pass(60)).noneMatch(m -> m.startsWith("EXTEND"));
  }

  @Test
  void givesASignOfLifeEveryThirdOfThePeriodWhileAllGetOn() {
    ready();

    assertThat(pass(60)).containsOnly("WATCHDOG=1").hasSize(6);
  }

  @Test
  void ticksOftenEnoughForAShortPeriod() {
    heartbeat = heartbeat(Optional.of(Duration.ofMillis(1500)));

    assertThat(heartbeat.pace()).isEqualTo(Duration.ofMillis(500));
    assertThat(heartbeat(Optional.of(PERIOD)).pace()).isEqualTo(Duration.ofSeconds(1));
    assertThat(heartbeat(Optional.empty()).pace()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void withholdsItFromALaneThatHangsAndGivesItAgainOnceThatGetsOn() {
    ready();
    lane.at("storage: verify", Duration.ofSeconds(60));
    assertThat(pass(90)).contains("WATCHDOG=1");
    assertThat(pass(60)).isEmpty();

    lane.at("goes on after storage: verify", Duration.ZERO);
    assertThat(pass(10)).contains("WATCHDOG=1");
  }

  @Test
  void aCallThatIsSlowButGetsOnIsNoHang() {
    ready();
    lane.at("storage: verify", Duration.ofSeconds(60));
    for (int i = 0; i < 10; i++) {
      lane.beat();
      assertThat(pass(60)).contains("WATCHDOG=1");
    }
  }

  @Test
  void withholdsItFromAMainLoopThatHangs() {
    ready();
    main.at("takes the ledger", Duration.ofSeconds(60));
    pass(90);

    assertThat(pass(60)).isEmpty();
  }

  @Test
  void withholdsItFromASchedulerThatNoLongerFires() {
    ready();
    overdue = true;
    pass(31);
    assertThat(pass(60)).isEmpty();

    overdue = false;
    assertThat(pass(10)).contains("WATCHDOG=1");
  }

  @Test
  void saysAllTheSameHowTheJobsStandWhileItIsWithheld() {
    ready();
    overdue = true;
    pass(31);
    line = "1 job held";

    assertThat(pass(5)).containsExactly("STATUS=1 job held");
  }

  @Test
  void withholdsNothingDuringTheStop() {
    ready();
    lane.at("reads the jar", Duration.ZERO);
    line = "stopping: the jobs go on";
    heartbeat.stopping();
    assertThat(sent).containsExactly("STOPPING=1\nSTATUS=stopping: the jobs go on");

    assertThat(pass(100)).contains("WATCHDOG=1").noneMatch(m -> m.startsWith("EXTEND"));
  }

  @Test
  void givesNoSignOfLifeWhereNoneIsAskedFor() {
    heartbeat = heartbeat(Optional.empty());
    ready();

    assertThat(pass(100)).isEmpty();
  }

  @Test
  void framesAReload() {
    ready();
    nanos = 5_000;
    heartbeat.reloading();
    line = "2 jobs running";
    heartbeat.reloaded();

    assertThat(sent)
        .containsExactly(
            "RELOADING=1\nMONOTONIC_USEC=5\nSTATUS=starting: x", "READY=1\nSTATUS=2 jobs running");
  }
}
