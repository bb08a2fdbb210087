package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** How answers seen from Flink 1.18 to 2.3, and those of strangers, are understood. */
class RestAnswersTest {
  private static final RunId RUN = new RunId("0".repeat(31) + "1");
  private static final TriggerId TRIGGER = new TriggerId("0".repeat(31) + "2");
  private static final String JOB = "/jobs/" + RUN;
  private static final String POLL = "GET " + JOB + "/savepoints/" + TRIGGER;
  private static final String UNKNOWN_JOB =
      "{\"errors\":[\"org.apache.flink.runtime.rest.NotFoundException: Job "
          + RUN
          + " not found\"]}";

  private final StubFlink stub = new StubFlink();
  private final FlinkCluster cluster = stub.cluster();

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void takesServerErrorOverUnknownRunForNotThere() throws IOException {
    stub.on("GET /jobs/overview", 200, "{\"jobs\":[]}");
    stub.on(
        "GET " + JOB + "/status",
        500,
        "{\"errors\":[\"Internal server error.\",\"<Exception on server side:\\n"
            + "org.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not find\"]}");

    assertThat(cluster.find(RUN)).isEmpty();
  }

  @Test
  void takesOtherServerErrorForUnavailable() {
    stub.on("GET /jobs/overview", 200, "{\"jobs\":[]}");
    stub.on("GET " + JOB + "/status", 500, "{\"errors\":[\"RecipientUnreachableException\"]}");

    assertThatThrownBy(() -> cluster.find(RUN)).isInstanceOf(ClusterUnavailable.class);
  }

  @Test
  void findsRunThatIsNotInTheOverviewYet() throws IOException {
    stub.on("GET /jobs/overview", 200, "{\"jobs\":[]}");
    stub.on("GET " + JOB + "/status", 200, "{\"status\":\"INITIALIZING\"}");

    assertThat(cluster.find(RUN).map(RunSeen::state)).contains(RunState.INITIALIZING);
  }

  @Test
  void neverTakesAnswerWithoutStatusForLivingRun() {
    stub.on("GET /jobs/overview", 200, "{\"jobs\":[]}");
    stub.on("GET " + JOB + "/status", 200, "{}");

    assertThatThrownBy(() -> cluster.find(RUN)).isInstanceOf(ClusterUnavailable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>not found</html>",
        "{\"errors\":[\"Not found: /flink/jobs/x\"]}",
        "{\"errors\":[\"Unable to load requested file /flink/jobs/x.\"]}"
      })
  void neverTakesWrongAddressForUnknownRun(String body) {
    stub.on("GET " + JOB + "/checkpoints", 404, body);
    stub.on(POLL, 404, body);

    assertThatThrownBy(() -> cluster.checkpoints(RUN)).isInstanceOf(ClusterUnavailable.class);
    assertThat(cluster.outcome(RUN, TRIGGER))
        .isInstanceOfSatisfying(
            TriggerOutcome.Unknown.class, unknown -> assertThat(unknown.notFound()).isFalse());
  }

  @Test
  void readsFailureOutOfCompletedSavepoint() {
    stub.on(
        POLL,
        200,
        """
        {"status":{"id":"COMPLETED"},"operation":{"failure-cause":{
          "class":"java.util.concurrent.CompletionException",
          "stack-trace":"java.util.concurrent.CompletionException: org.apache.flink.runtime.\
        checkpoint.CheckpointException: Not all required tasks are currently running.\\n\\tat a.B"}}}
        """);

    assertThat(cluster.outcome(RUN, TRIGGER))
        .isEqualTo(
            new TriggerOutcome.Failed(
                "CheckpointException: Not all required tasks are currently running."));
  }

  @Test
  void readsLocationOfCompletedSavepoint() {
    stub.on(
        POLL, 200, "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":\"hdfs:/s\"}}");

    assertThat(cluster.outcome(RUN, TRIGGER)).isEqualTo(new TriggerOutcome.Completed("hdfs:/s"));
  }

  @Test
  void readsThatSavepointIsInProgress() {
    stub.on(POLL, 200, "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}");

    assertThat(cluster.outcome(RUN, TRIGGER)).isEqualTo(new TriggerOutcome.InProgress());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"status\":{\"id\":\"COMPLETED\"}}",
        "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"location\":null}}",
        "{\"status\":{\"id\":\"PONDERING\"}}"
      })
  void knowsNothingOfSavepointFromHalfAnAnswer(String body) {
    stub.on(POLL, 200, body);

    assertThat(cluster.outcome(RUN, TRIGGER))
        .isInstanceOfSatisfying(
            TriggerOutcome.Unknown.class, unknown -> assertThat(unknown.notFound()).isFalse());
  }

  @Test
  void saysThatTriggerIsNotInTheCache() {
    stub.on(
        POLL, 404, "{\"errors\":[\"a.RestHandlerException: There is no savepoint operation\"]}");

    assertThat(cluster.outcome(RUN, TRIGGER))
        .isEqualTo(
            new TriggerOutcome.Unknown(
                "RestHandlerException: There is no savepoint operation", true));
  }

  @Test
  void asksForSavepointInFieldsThatEveryVersionKnows() {
    stub.on("POST " + JOB + "/savepoints", 202, "{\"request-id\":\"" + TRIGGER + "\"}");

    TriggerReply reply = cluster.trigger(RUN, TRIGGER, "hdfs:/t", SavepointFormat.NATIVE);

    assertThat(reply).isEqualTo(new TriggerReply.Accepted());
    StubFlink.Asked asked = stub.asked().get(0);
    assertThat(asked.contentType()).isEqualTo("application/json");
    assertThat(JsonMapper.shared().readTree(asked.body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"target-directory\":\"hdfs:/t\",\"cancel-job\":false,"
                        + "\"formatType\":\"NATIVE\",\"triggerId\":\""
                        + TRIGGER
                        + "\"}"));
  }

  @Test
  void refusesTriggerThatFlinkCallsBad() {
    stub.on("POST " + JOB + "/savepoints", 400, "{\"errors\":[\"Bad request: no directory\"]}");

    assertThat(cluster.trigger(RUN, TRIGGER, "", SavepointFormat.NATIVE))
        .isInstanceOfSatisfying(
            TriggerReply.Refused.class,
            refused -> assertThat(refused.reason()).contains("no directory"));
  }

  @Test
  void readsCheckpointStatistics() throws IOException {
    stub.on(
        "GET " + JOB + "/checkpoints",
        200,
        """
        {"counts":{"restored":1,"total":9,"completed":7},
         "latest":{"completed":{"id":4},"savepoint":null,
           "restored":{"id":3,"is_savepoint":true,"external_path":"hdfs:/s/savepoint-1"}}}
        """);

    assertThat(cluster.checkpoints(RUN))
        .contains(new CheckpointFacts(true, Optional.of("hdfs:/s/savepoint-1"), List.of(), false));
  }

  @Test
  void readsSavepointsOutOfTheHistory() throws IOException {
    stub.on(
        "GET " + JOB + "/checkpoints",
        200,
        """
        {"latest":{"completed":null,"savepoint":{"external_path":"hdfs:/s/savepoint-3"}},
         "history":[
           {"is_savepoint":false,"status":"IN_PROGRESS","num_acknowledged_subtasks":1,
            "num_subtasks":80},
           {"is_savepoint":true,"status":"IN_PROGRESS","num_acknowledged_subtasks":12,
            "num_subtasks":80},
           {"is_savepoint":true,"status":"IN_PROGRESS"},
           {"is_savepoint":true,"status":"COMPLETED","external_path":"hdfs:/s/savepoint-3"},
           {"is_savepoint":true,"status":"FAILED"},
           {"is_savepoint":false,"status":"COMPLETED","external_path":"hdfs:/c/chk-2"},
           {"is_savepoint":true,"status":"COMPLETED","external_path":"hdfs:/s/savepoint-1"}]}
        """);

    assertThat(cluster.checkpoints(RUN))
        .contains(
            new CheckpointFacts(
                false,
                Optional.empty(),
                Optional.empty(),
                List.of("hdfs:/s/savepoint-1", "hdfs:/s/savepoint-3"),
                true,
                Optional.of(new CheckpointFacts.Written(12, 80))));
  }

  @Test
  void readsWhereTheNewestCheckpointLies() throws IOException {
    stub.on(
        "GET " + JOB + "/checkpoints",
        200,
        "{\"latest\":{\"completed\":{\"id\":4,\"external_path\":\"hdfs:/c/chk-4\"}}}");

    assertThat(cluster.checkpoints(RUN))
        .hasValueSatisfying(facts -> assertThat(facts.completed()).contains("hdfs:/c/chk-4"));
  }

  @Test
  void readsHowLongCheckpointsAreKept() throws IOException {
    String path = "GET " + JOB + "/checkpoints/config";
    String kept = "{\"externalization\":{\"enabled\":%s,\"delete_on_cancellation\":%s}}";
    stub.on(path, 200, kept.formatted(true, false));
    stub.on(path, 200, kept.formatted(true, true));
    stub.on(path, 200, kept.formatted(false, true));
    stub.on(path, 200, "{\"externalization\":{}}");
    stub.on(path, 404, UNKNOWN_JOB);

    assertThat(cluster.checkpointRetention(RUN)).contains(CheckpointRetention.ALWAYS);
    assertThat(cluster.checkpointRetention(RUN)).contains(CheckpointRetention.ON_FAILURE);
    assertThat(cluster.checkpointRetention(RUN)).contains(CheckpointRetention.NEVER);
    assertThat(cluster.checkpointRetention(RUN)).isEmpty();
    assertThat(cluster.checkpointRetention(RUN)).isEmpty();
  }

  @Test
  void readsTheCheckpointTimeout() throws IOException {
    String path = "GET " + JOB + "/checkpoints/config";
    stub.on(path, 200, "{\"mode\":\"exactly_once\",\"timeout\":600000}");
    stub.on(path, 404, UNKNOWN_JOB);

    assertThat(cluster.checkpointTimeout(RUN)).contains(Duration.ofMinutes(10));
    assertThat(cluster.checkpointTimeout(RUN)).isEmpty();
  }

  @Test
  void knowsNoCheckpointsOfUnknownRun() throws IOException {
    stub.on("GET " + JOB + "/checkpoints", 404, UNKNOWN_JOB);

    assertThat(cluster.checkpoints(RUN)).isEmpty();
  }

  @Test
  void neverTakesMissingStatisticsForNoCheckpoints() {
    stub.on("GET " + JOB + "/checkpoints", 200, "{\"latest\":{}}");

    assertThatThrownBy(() -> cluster.checkpoints(RUN)).isInstanceOf(ClusterUnavailable.class);
  }

  @Test
  void readsFailureOfOldAndNewVersions() throws IOException {
    String path = "GET " + JOB + "/exceptions";
    stub.on(path, 200, "{\"root-exception\":\"a.b.OldException: old\\n\\tat x.Y\"}");
    stub.on(
        path,
        200,
        "{\"exceptionHistory\":{\"entries\":[{\"stacktrace\":\"a.NewException: new\\n\\tat x.Y\"}]}}");
    stub.on(path, 200, "{\"exceptionHistory\":{\"entries\":[]}}");

    assertThat(cluster.failureCause(RUN)).contains("OldException: old");
    assertThat(cluster.failureCause(RUN)).contains("NewException: new");
    assertThat(cluster.failureCause(RUN)).isEmpty();
  }

  @Test
  void findsSavepointDirectoryUnderEitherName() throws IOException {
    String path = "GET /jobmanager/config";
    stub.on(path, 200, "[{\"key\":\"state.savepoints.dir\",\"value\":\"hdfs:/old\"}]");
    stub.on(
        path,
        200,
        "[{\"key\":\"x\"},{\"key\":\"execution.checkpointing.savepoint-dir\",\"value\":\"hdfs:/n\"}]");
    stub.on(path, 200, "[{\"key\":\"x\",\"value\":\"y\"}]");

    assertThat(cluster.savepointDirectory()).contains("hdfs:/old");
    assertThat(cluster.savepointDirectory()).contains("hdfs:/n");
    assertThat(cluster.savepointDirectory()).isEmpty();
  }

  @Test
  void readsFactsAndRefusesThoseOfStrangers() throws IOException {
    stub.on(
        "GET /overview",
        200,
        "{\"flink-version\":\"1.20.5\",\"taskmanagers\":2,\"slots-total\":8,\"slots-available\":3}");
    stub.on("GET /overview", 200, "{\"status\":\"ok\"}");

    assertThat(cluster.facts()).isEqualTo(new ClusterFacts("1.20.5", 2, 8, 3));
    assertThatThrownBy(cluster::facts)
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("no Flink version");
  }

  @Test
  void leavesCancelOfEndedRunToTheOverview() throws IOException {
    String path = "PATCH " + JOB + "?mode=cancel";
    stub.on(path, 202, "{}");
    stub.on(path, 409, "{\"errors\":[\"already reached another terminal state\"]}");
    stub.on(path, 404, "{\"errors\":[\"Job could not be found.\"]}");
    stub.on(path, 408, "{\"errors\":[\"Job cancellation timed out.\"]}");

    cluster.cancel(RUN);
    cluster.cancel(RUN);
    cluster.cancel(RUN);
    assertThatThrownBy(() -> cluster.cancel(RUN))
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("Job cancellation timed out.");
  }
}
