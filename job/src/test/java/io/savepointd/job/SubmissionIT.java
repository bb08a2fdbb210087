package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a submission makes of the arguments. */
final class SubmissionIT extends ClusterIT {
  private static final List<String> UNBOUNDED =
      List.of("--source", "sequence", "--rate", "10", "--sink", "discard");

  @Test
  void isNamedAveragingWhenTheSubmissionSaysNothing() throws Exception {
    String run = start(UNBOUNDED);
    assertThat(overview(run).path("name").asString()).isEqualTo("averaging");
    cancel(run);
  }

  @Test
  void takesTheNameThatTheSubmissionGives() throws Exception {
    Rest.Answer answer =
        submit(UNBOUNDED, Map.of("flinkConfiguration", Map.of("pipeline.name", "orders-average")));
    String run = answer.body().path("jobid").asString();
    awaitState(run, "RUNNING");
    assertThat(overview(run).path("name").asString()).isEqualTo("orders-average");
    cancel(run);
  }

  @Test
  void anArgumentThatIsWrongFailsTheSubmissionAndIsNamed() throws Exception {
    Rest.Answer answer = submit(List.of("--prot", "9999"), Map.of());
    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(answer.text()).contains("Unknown argument '--prot'");
  }

  @Test
  void helpSubmitsNothing() throws Exception {
    int before = runs();
    assertThat(submit(List.of("--help"), Map.of()).status()).isGreaterThanOrEqualTo(400);
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void checkpointsAsTheOriginalDoes() throws Exception {
    String run = start(UNBOUNDED);
    JsonNode config = rest().get("/jobs/" + run + "/checkpoints/config").body();
    assertThat(config.path("mode").asString()).isEqualTo("exactly_once");
    assertThat(config.path("interval").asLong()).isEqualTo(1_000);
    assertThat(config.path("timeout").asLong()).isEqualTo(60_000);
    assertThat(config.path("min_pause").asLong()).isEqualTo(500);
    assertThat(config.path("max_concurrent").asLong()).isEqualTo(2);
    assertThat(config.path("tolerable_failed_checkpoints").asLong()).isEqualTo(Integer.MAX_VALUE);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        rest()
                            .get("/jobs/" + run + "/checkpoints")
                            .body()
                            .path("counts")
                            .path("completed")
                            .asInt())
                    .isPositive());
    cancel(run);
  }

  @Test
  void theAveragesRunWithTheArgumentsParallelismBelowTheFixedMaximum() throws Exception {
    String run = start(List.of("--source=sequence", "--rate=10", "--parallelism=2"));
    boolean seen = false;
    for (JsonNode vertex : rest().get("/jobs/" + run).body().path("vertices")) {
      if (vertex.path("name").asString().contains("average")) {
        seen = true;
        assertThat(vertex.path("parallelism").asInt()).isEqualTo(2);
        assertThat(vertex.path("maxParallelism").asInt()).isEqualTo(128);
      }
    }
    assertThat(seen).isTrue();
    cancel(run);
  }

  private int runs() throws Exception {
    return rest().get("/jobs/overview").body().path("jobs").size();
  }
}
