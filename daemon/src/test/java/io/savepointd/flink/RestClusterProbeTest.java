package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.ClockReading;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RestClusterProbeTest {
  private final StubFlink flink = new StubFlink();

  @AfterEach
  void close() {
    flink.close();
  }

  private ClusterProbe probe(Clock clock) {
    return new ClusterConnection(
            flink.settings("", Duration.ofSeconds(10)), HttpClient.newHttpClient())
        .probe(clock);
  }

  private ClusterProbe probe() {
    return probe(Clock.systemUTC());
  }

  @Test
  void readsTheSetupByTheKeysOfEitherVersion() throws Exception {
    flink.on("GET /config", 200, "{\"features\":{\"web-submit\":false}}");
    flink.on(
        "GET /jobmanager/config",
        200,
        """
        [{"key":"state.savepoints.dir","value":"hdfs://nn/old"},
         {"key":"execution.checkpointing.savepoint-dir","value":"hdfs://nn/new"},
         {"key":"state.checkpoints.dir","value":"hdfs://nn/checkpoints"},
         {"key":"execution.target","value":"yarn-session"},
         {"key":"parallelism.default","value":"4"}]
        """);

    assertThat(probe().setup())
        .isEqualTo(
            new ClusterSetup(
                false,
                Optional.of("hdfs://nn/new"),
                Optional.of("hdfs://nn/checkpoints"),
                true,
                4));
  }

  @Test
  void takesWhatIsntToldForFlinksDefault() throws Exception {
    flink.on("GET /config", 200, "{}");
    flink.on("GET /jobmanager/config", 200, "[]");

    assertThat(probe().setup())
        .isEqualTo(new ClusterSetup(true, Optional.empty(), Optional.empty(), false, 1));
  }

  @Test
  void takesARefusalForNoSetup() {
    flink.on("GET /config", 503, "{\"errors\":[\"ongoing leader election\"]}");

    assertThatThrownBy(() -> probe().setup()).isInstanceOf(ClusterUnavailable.class);
  }

  @Test
  void readsTheClockOffTheDateOfThePage() throws Exception {
    flink.on("GET /index.html", 200, "<html>");

    assertThat(probe().clock().orElseThrow().ahead()).isZero();
    ClockReading early =
        probe(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1))).clock().orElseThrow();
    assertThat(early.ahead()).isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60));
  }

  @Test
  void tellsTheTimeByALivingRunOnly() throws Exception {
    Reply overview =
        new Reply(
            "asked",
            200,
            new BoundedBody.Text(
                """
                {"jobs":[{"state":"FINISHED","start-time":1000,"duration":5},
                         {"state":"RUNNING","start-time":2000,"duration":7}]}
                """,
                false),
            Discretion.NONE);

    assertThat(SetupAnswers.now(overview)).contains(Instant.ofEpochMilli(2007));
    assertThat(
            SetupAnswers.now(
                new Reply(
                    "asked", 200, new BoundedBody.Text("{\"jobs\":[]}", false), Discretion.NONE)))
        .isEmpty();
  }
}
