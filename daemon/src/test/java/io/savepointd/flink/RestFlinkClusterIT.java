package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.RunId;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The contract against a Flink 2.3.0 in this process, reached through its REST endpoint. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestFlinkClusterIT extends FlinkClusterContract {
  private final HttpClient http = HttpClient.newHttpClient();
  private String savepoints;
  private MiniCluster flink;
  private URI address;
  private FlinkCluster cluster;

  @BeforeAll
  void startFlink(@TempDir Path directory) throws Exception {
    // As Flink writes it: one slash.
    savepoints = "file:" + directory.resolve("savepoints");
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(WebOptions.UPLOAD_DIR, directory.resolve("uploads").toString());
    configuration.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(200));
    configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints);
    flink =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(8)
                .build());
    flink.start();
    address = flink.getRestAddress().get();
    cluster = new ClusterConnection(settings(address), http).cluster();
    eventually(() -> assertThat(cluster.facts().slotsTotal()).isEqualTo(8));
  }

  @AfterAll
  void stopFlink() throws Exception {
    flink.close();
  }

  private static ClusterSettings settings(URI address) {
    return new ClusterSettings(
        new ClusterName("test"), address, Duration.ofSeconds(20), Duration.ofSeconds(60));
  }

  @Override
  protected FlinkCluster cluster() {
    return cluster;
  }

  @Override
  protected void eventually(ThrowingCallable assertion) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(ClusterUnavailable.class)
        .untilAsserted(assertion::call);
  }

  @Override
  protected String targetOf(TriggerId trigger) {
    return savepoints + "/counting/" + trigger;
  }

  @Override
  protected void expectRefusal(String entryClass) {
    // A real cluster needs no telling.
  }

  @Override
  protected String missing(String path) {
    return path;
  }

  @Override
  protected int jarsHeld() throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("/jars")).build();
      String answer = http.send(request, BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(answer).path("files").size();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  protected Optional<String> configuredSavepointDirectory() {
    return Optional.of(savepoints);
  }

  @Test
  void saysThatUnboundPortIsUnavailable() {
    FlinkCluster nobody =
        new ClusterConnection(settings(URI.create("http://localhost:1")), http).cluster();

    assertThatThrownBy(nobody::overview)
        .isInstanceOf(ClusterUnavailable.class)
        .hasMessageContaining("GET http://localhost:1/jobs/overview");
  }

  @Test
  void knowsThatRunIsThereThoughItsProgramFailedAfterSubmittingIt() throws IOException {
    RunId run = ids.newRun();
    Job job = job(Optional.empty(), List.of("50", "fail"), Map.of());

    assertThat(submit(run, job, Optional.empty())).isInstanceOf(SubmitOutcome.Accepted.class);

    assertThat(cluster.find(run)).isPresent();
  }

  @Test
  void saysWhyProgramFailedBeforeSubmittingAnything() throws IOException {
    RunId run = ids.newRun();
    Job job = job(Optional.empty(), List.of("no number"), Map.of());

    assertThat(submit(run, job, Optional.empty()))
        .isInstanceOfSatisfying(
            SubmitOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("no number").doesNotContain("\n"));
  }

  @Test
  void saysWhyRunFailed() throws IOException {
    RunId run = ids.newRun();
    String path = targetOf(ids.newTrigger());

    submit(run, job(Optional.empty(), List.of("50"), Map.of()), Optional.of(path));

    assertThat(cluster.failureCause(run))
        .hasValueSatisfying(cause -> assertThat(cause).contains(path).doesNotContain("\n"));
  }
}
