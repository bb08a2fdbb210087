package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.RunId;
import io.savepointd.model.Secret;
import io.savepointd.model.TriggerId;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that quotes the headers it was sent, and headers that are words of Flink's. */
@Timeout(30)
class HeadersInAnswersTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");
  private static final String OVERVIEW = "GET /jobs/overview";
  private static final String TOKEN = "s3cr3t-t0ken";

  private final StubFlink stub = new StubFlink();

  @AfterEach
  void close() {
    stub.close();
  }

  private FlinkCluster cluster(String header) {
    ClusterSettings plain = stub.settings("", Duration.ofSeconds(20));
    return new ClusterConnection(
            new ClusterSettings(
                plain.name(),
                plain.location(),
                new TransportSettings(Optional.empty(), Map.of("X-Header", new Secret(header))),
                plain.requestTimeout(),
                plain.submitTimeout()),
            HttpClient.newHttpClient())
        .cluster();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Flink", "FlinkJobNotFoundException"})
  void aRunThatFlinkDoesNotKnowIsUnknownWhateverTheHeader(String header) throws Exception {
    stub.on(OVERVIEW, 200, "{\"jobs\":[]}");
    stub.on(
        "GET /jobs/" + RUN + "/status",
        500,
        "{\"errors\":[\"org.apache.flink.runtime.messages.FlinkJobNotFoundException: no\"]}");

    assertThat(cluster(header).find(RUN)).isEmpty();
  }

  @Test
  void neitherARefusalNorASuccessGivesTheHeaderAway() {
    stub.on(OVERVIEW, 200, "<html>Log in: " + TOKEN + " has expired</html>");
    stub.on(OVERVIEW, 200, "{\"said\": \"" + TOKEN + "\"}");
    stub.on(OVERVIEW, 403, "no such user: " + TOKEN);
    stub.on(OVERVIEW, 403, "{\"errors\":[\"a.b.Denied: " + TOKEN + "\"]}");
    FlinkCluster cluster = cluster("Bearer " + TOKEN);

    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(cluster::overview)
          .isInstanceOf(ClusterUnavailable.class)
          .hasMessageContaining("******")
          .hasStackTraceContaining("******")
          .satisfies(
              e ->
                  assertThat(e)
                      .extracting(HeadersInAnswersTest::everything)
                      .asString()
                      .doesNotContain(TOKEN));
    }
  }

  @Test
  void norDoesWhatASavepointFailedOf() {
    stub.on(
        "GET /jobs/" + RUN + "/savepoints/" + TRIGGER,
        200,
        """
        {"status":{"id":"COMPLETED"},
         "operation":{"failure-cause":{"class":"a.B","stack-trace":"a.B: sent %s"}}}
        """
            .formatted(TOKEN));

    assertThat(cluster(TOKEN).outcome(RUN, TRIGGER))
        .isEqualTo(new TriggerOutcome.Failed("B: sent ******"));
  }

  private static String everything(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      all.append(each).append('\n');
    }
    return all.toString();
  }
}
