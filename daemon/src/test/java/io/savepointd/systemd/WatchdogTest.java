package io.savepointd.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  @Test
  void isThePeriodOfThisProcess() {
    assertThat(Watchdog.period(Map.of("WATCHDOG_USEC", "30000000"), 7))
        .contains(Duration.ofSeconds(30));
    assertThat(Watchdog.period(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "7"), 7))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void isNotThatOfAnother() {
    assertThat(Watchdog.period(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "8"), 7))
        .isEmpty();
  }

  @Test
  void isAbsentWhereNoneIsSet() {
    assertThat(Watchdog.period(Map.of(), 7)).isEmpty();
    assertThat(Watchdog.period(Map.of("WATCHDOG_USEC", "0"), 7)).isEmpty();
    assertThat(Watchdog.period(Map.of("WATCHDOG_USEC", "soon"), 7)).isEmpty();
  }
}
