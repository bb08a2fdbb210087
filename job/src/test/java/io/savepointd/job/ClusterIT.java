package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster with the built jar on it, and what tests do with runs. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ClusterIT {
  static final String VERSION = System.getProperty("flink.expected");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path directory;
  private TestCluster cluster;
  private String jar;

  @BeforeAll
  void startCluster(@TempDir Path directory) throws Exception {
    this.directory = directory;
    cluster = TestCluster.start(directory);
    // The endpoint listens a moment before it can answer.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rest().get("/config").body().path("flink-version").asString())
                    .isEqualTo(VERSION));
    jar = rest().upload(Path.of(System.getProperty("job.jar")));
  }

  /** A failed test leaves its run behind, which would take the next one's slots. */
  @AfterEach
  void cancelWhatStillRuns() throws Exception {
    for (JsonNode job : rest().get("/jobs/overview").body().path("jobs")) {
      if (job.path("end-time").asLong() < 0) {
        cancel(job.path("jid").asString());
      }
    }
  }

  @AfterAll
  void stopCluster() throws Exception {
    cluster.stop();
  }

  TestCluster cluster() {
    return cluster;
  }

  Rest rest() {
    return cluster.rest();
  }

  Rest.Answer submit(List<String> args, Map<String, ?> more) throws Exception {
    Map<String, Object> body = new HashMap<>(more);
    body.put("programArgsList", args);
    return rest().post("/jars/" + jar + "/run", body);
  }

  String start(List<String> args) throws Exception {
    return started(submit(args, Map.of()));
  }

  String restore(String savepoint, List<String> args) throws Exception {
    String run = started(submit(args, Map.of("savepointPath", savepoint)));
    // Without this, a run that started empty could pass for a restored one.
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(restoredFrom(run)).endsWith(Path.of(URI.create(savepoint)).toString()));
    return run;
  }

  private String restoredFrom(String run) throws Exception {
    JsonNode checkpoints = rest().get("/jobs/" + run + "/checkpoints").body();
    return checkpoints.path("latest").path("restored").path("external_path").asString();
  }

  private String started(Rest.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    String run = answer.body().path("jobid").asString();
    await().atMost(PATIENCE).until(() -> allTasksRun(run));
    return run;
  }

  private boolean allTasksRun(String run) throws Exception {
    JsonNode tasks = overview(run).path("tasks");
    int up = tasks.path("running").asInt() + tasks.path("finished").asInt();
    return up > 0 && up == tasks.path("total").asInt();
  }

  /** The run as {@code /jobs/overview} has it, which is not up to three seconds old like others. */
  JsonNode overview(String run) throws Exception {
    for (JsonNode job : rest().get("/jobs/overview").body().path("jobs")) {
      if (job.path("jid").asString().equals(run)) {
        return job;
      }
    }
    throw new AssertionError("No run " + run);
  }

  void awaitState(String run, String state) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(overview(run).path("state").asString()).isEqualTo(state));
  }

  void cancel(String run) throws Exception {
    rest().cancel(run);
    awaitState(run, "CANCELED");
  }

  String savepoint(String run) throws Exception {
    return trigger(run, "savepoints", Map.of("target-directory", savepoints()));
  }

  String stop(String run) throws Exception {
    String path = trigger(run, "stop", Map.of("targetDirectory", savepoints(), "drain", false));
    awaitState(run, "FINISHED");
    return path;
  }

  void drain(String run) throws Exception {
    trigger(run, "stop", Map.of("targetDirectory", savepoints(), "drain", true));
    awaitState(run, "FINISHED");
  }

  private String savepoints() {
    return directory.resolve("savepoints").toUri().toString();
  }

  private String trigger(String run, String kind, Map<String, ?> body) throws Exception {
    String id = rest().post("/jobs/" + run + "/" + kind, body).body().path("request-id").asString();
    JsonNode outcome =
        await()
            .atMost(PATIENCE)
            .until(
                () -> rest().get("/jobs/" + run + "/savepoints/" + id).body(),
                answer -> answer.path("status").path("id").asString().equals("COMPLETED"));
    assertThat(outcome.path("operation").path("failure-cause").isMissingNode())
        .as(outcome.toString())
        .isTrue();
    return outcome.path("operation").path("location").asString();
  }

  Path results(String name) {
    return directory.resolve(name);
  }

  static List<String> linesOf(Path results) throws Exception {
    return Files.readAllLines(results.resolve("averages.txt"));
  }

  /** A metric of one operator's first subtask, or empty while Flink hasn't fetched it yet. */
  String metric(String run, String vertexNamed, String metric) throws Exception {
    for (JsonNode vertex : rest().get("/jobs/" + run).body().path("vertices")) {
      if (vertex.path("name").asString().contains(vertexNamed)) {
        String path = "/jobs/" + run + "/vertices/" + vertex.path("id").asString() + "/metrics";
        JsonNode found = rest().get(path + "?get=0." + metric).body();
        return found.isEmpty() ? "" : found.get(0).path("value").asString();
      }
    }
    return "";
  }
}
