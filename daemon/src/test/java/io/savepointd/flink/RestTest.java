package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RestTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");
  private static final String OVERVIEW = "GET /jobs/overview";
  private static final Duration SHORT = Duration.ofMillis(300);

  private final StubFlink stub = new StubFlink();

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void readsOverviewOfVersionThatTellsMoreThanWeAskFor() throws IOException {
    stub.on(
        OVERVIEW,
        200,
        """
        {"jobs":[{"jid":"%s","name":"averaging","state":"RUNNING","start-time":1000,
          "schedulerType":"Adaptive","pending-operators":0,
          "tasks":{"total":3,"running":2,"finished":1,"mystery":7}}],"more":{}}
        """
            .formatted(RUN));

    RunSeen seen = stub.cluster().overview().get(0);

    assertThat(seen)
        .isEqualTo(
            new RunSeen(RUN, "averaging", RunState.RUNNING, Instant.ofEpochMilli(1000), 3, 3));
    assertThat(seen.allTasksRunning()).isTrue();
  }

  @Test
  void takesRunInUnheardOfStateForAlive() throws IOException {
    stub.on(OVERVIEW, 200, "{\"jobs\":[{\"jid\":\"" + RUN + "\",\"state\":\"PONDERING\"}]}");

    RunSeen seen = stub.cluster().overview().get(0);

    assertThat(seen.state()).isEqualTo(RunState.UNRECOGNIZED);
    assertThat(seen.state().globallyTerminal()).isFalse();
    assertThat(seen.allTasksRunning()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"jobs\":null}",
        "{\"jobs\":{}}",
        "{\"jobs\":[{}]}",
        "{\"jobs\":[{\"jid\":\"short\",\"state\":\"RUNNING\"}]}",
        "<html>Please log in</html>"
      })
  void neverTakesMalformedOverviewForEmptyOne(String body) {
    stub.on(OVERVIEW, 200, body);

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageStartingWith("cluster main: GET http://localhost:")
        .hasMessageContaining("/jobs/overview");
  }

  @Test
  void passesLeaderElectionOnInFlinksWords() {
    String election = "Service temporarily unavailable due to an ongoing leader election.";
    String body = "{\"errors\":[\"" + election + "\"]}";
    stub.on(OVERVIEW, 503, body);
    stub.on("GET /jobs/" + RUN + "/savepoints/" + TRIGGER, 503, body);
    stub.on("POST /jobs/" + RUN + "/savepoints", 503, body);

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("HTTP 503")
        .hasMessageContaining(election);
    assertThat(stub.cluster().outcome(RUN, TRIGGER))
        .isInstanceOfSatisfying(
            TriggerOutcome.Unknown.class, unknown -> assertThat(unknown.notFound()).isFalse());
    assertThat(stub.cluster().trigger(RUN, TRIGGER, "file:/t", SavepointFormat.NATIVE))
        .isInstanceOf(TriggerReply.Unknown.class);
  }

  @Test
  void givesUpOnServerThatNeverAnswers() {
    stub.on(OVERVIEW, stub.hangAfter(""));

    assertThatThrownBy(() -> stub.cluster("", SHORT).overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("no whole answer within PT0.3S");
  }

  @Test
  void givesUpOnServerThatHangsInTheMiddleOfItsAnswer() {
    stub.on(OVERVIEW, stub.hangAfter("{\"jobs\":["));

    assertThatThrownBy(() -> stub.cluster("", SHORT).overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("no whole answer within PT0.3S");
  }

  @Test
  void noticesConnectionCutInTheMiddleOfTheAnswer() {
    stub.on(OVERVIEW, StubFlink.breakAfter("{\"jobs\":[]}"));

    assertThatThrownBy(() -> stub.cluster().overview()).isInstanceOf(ClusterUnavailable.class);
  }

  @Test
  void saysWhichAddressRefusedTheConnection() {
    stub.close();

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("/jobs/overview: ConnectException");
  }

  @Test
  void staysInterruptedAndKnowsNothing() {
    stub.on(OVERVIEW, stub.hangAfter(""));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proxy/flink", "/proxy/flink/"})
  void keepsPrefixOfAddress(String prefix) throws IOException {
    stub.on("GET /proxy/flink/jobs/overview", 200, "{\"jobs\":[]}");

    assertThat(stub.cluster(prefix, Duration.ofSeconds(20)).overview()).isEmpty();
  }

  @Test
  void cutsAnswerThatIsTooLong() {
    stub.on(OVERVIEW, 200, "[" + " ".repeat(Rest.MAX_ANSWER));

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("too long")
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void boilsHugeErrorDownToItsReason() {
    String trace =
        "java.lang.IllegalStateException: the reason\\n"
            + "\\tat a.B.c(B.java:1)\\n".repeat(300_000);
    stub.on(OVERVIEW, 500, "{\"errors\":[\"" + trace + "\"]}");

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageEndingWith("HTTP 500: IllegalStateException: the reason");
  }

  @Test
  void keepsBeginningOfErrorThatIsTooLong() {
    stub.on(OVERVIEW, 502, "x".repeat(Rest.MAX_ANSWER + 10));

    assertThatThrownBy(() -> stub.cluster().overview())
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("HTTP 502: xxx")
        .message()
        .hasSizeLessThan(1000);
  }

  @Test
  void asksForNothingOverHttp2() throws IOException {
    stub.on(
        OVERVIEW,
        exchange -> {
          boolean upgrade = exchange.getRequestHeaders().containsKey("Upgrade");
          StubFlink.json(upgrade ? 400 : 200, "{\"jobs\":[]}").handle(exchange);
        });

    assertThat(stub.cluster().overview()).isEmpty();
  }

  @Test
  void acceptsSharedClient() throws IOException {
    HttpClient shared = HttpClient.newHttpClient();
    stub.on(OVERVIEW, 200, "{\"jobs\":[]}");

    FlinkCluster one =
        new ClusterConnection(stub.settings("", SHORT.multipliedBy(50)), shared).cluster();
    FlinkCluster other =
        new ClusterConnection(
                new ClusterSettings(
                    one.name(), URI.create("http://localhost:1"), Duration.ofSeconds(5), SHORT),
                shared)
            .cluster();

    assertThat(one.overview()).isEmpty();
    assertThatThrownBy(other::overview).isInstanceOf(ClusterUnavailable.class);
  }
}
