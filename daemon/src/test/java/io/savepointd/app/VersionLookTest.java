package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.model.ClusterName;
import io.savepointd.supervise.ClusterView;
import io.savepointd.supervise.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class VersionLookTest {
  private static final ClusterName MAIN = new ClusterName("main");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final FakeFlinkCluster cluster =
      new FakeFlinkCluster(MAIN, clock, directory -> directory);
  private final FlinkVersions versions = new FlinkVersions();
  private final Logger logger = (Logger) LoggerFactory.getLogger(FlinkVersions.class);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private VersionLook look = new VersionLook(cluster, clock, versions);

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(logged);
    logger.setLevel(null);
  }

  private ClusterView lookAfter(Duration pause) {
    clock.set(clock.instant().plus(pause));
    return look.look(clock.instant());
  }

  private List<String> warnings() {
    return logged.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  @Test
  void saysOfATestedVersionNoMoreThanWhichItIs() {
    assertThat(lookAfter(Duration.ZERO)).isInstanceOf(ClusterView.Seen.class);

    assertThat(versions.remarks(List.of(MAIN))).isEmpty();
    assertThat(logged.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("event=cluster.flink cluster=main flink=2.3.0");
  }

  @Test
  void warnsOfAnotherVersionOnce() {
    cluster.flinkVersion("1.17.2");

    for (int i = 0; i < 300; i++) {
      lookAfter(Duration.ofSeconds(1));
    }

    assertThat(versions.remarks(List.of(MAIN)))
        .containsExactly(
            "cluster main: Flink 1.17.2 was not tested: 1.18 to 2.3 were; it is treated as 1.18 is");
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("event=cluster.untested cluster=main flink=1.17.2 ");
  }

  @Test
  void isSilentWhenTheSameVersionComesBack() {
    cluster.flinkVersion("1.17.2");
    lookAfter(Duration.ofSeconds(1));
    for (int outage = 0; outage < 5; outage++) {
      cluster.faults().unreachable(true);
      assertThat(lookAfter(Duration.ofSeconds(1))).isInstanceOf(ClusterView.Unavailable.class);
      cluster.faults().unreachable(false);
      lookAfter(Duration.ofSeconds(1));
    }

    assertThat(warnings()).hasSize(1);
  }

  @Test
  void isSilentWhenTheConnectionsAreMadeAnew() {
    cluster.flinkVersion("1.17.2");
    lookAfter(Duration.ofSeconds(1));

    look = new VersionLook(cluster, clock, versions);
    lookAfter(Duration.ofSeconds(1));

    assertThat(warnings()).hasSize(1);
  }

  @Test
  void knowsAtOnceWhatComesBackFromAnOutage() {
    lookAfter(Duration.ofSeconds(1));
    cluster.faults().unreachable(true);
    lookAfter(Duration.ofSeconds(1));
    cluster.faults().unreachable(false);
    cluster.flinkVersion("3.0.0");
    lookAfter(Duration.ofSeconds(1));

    assertThat(warnings()).singleElement().asString().contains("flink=3.0.0");
  }

  @Test
  void seesWithinAMinuteThatAnotherVersionHasTakenOver() {
    cluster.flinkVersion("2.4.0");
    lookAfter(Duration.ofSeconds(1));
    cluster.flinkVersion("2.5.0");
    lookAfter(VersionLook.EVERY.minusSeconds(1));
    assertThat(warnings()).hasSize(1);

    lookAfter(Duration.ofSeconds(1));

    assertThat(warnings()).hasSize(2).last().asString().contains("flink=2.5.0");
    cluster.flinkVersion("2.3.0");
    lookAfter(VersionLook.EVERY);
    assertThat(versions.remarks(List.of(MAIN))).isEmpty();
  }

  @Test
  void asksAgainThoughTheClockWasSetBack() {
    lookAfter(Duration.ofSeconds(1));
    cluster.flinkVersion("3.0.0");

    lookAfter(Duration.ofHours(-1));

    assertThat(warnings()).hasSize(1);
  }
}
