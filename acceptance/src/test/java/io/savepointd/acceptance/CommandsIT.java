package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.AdminSocket;
import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a person types, first beside a running daemon and then without one; no schedule meddles. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS)
class CommandsIT {

  private static final int DONE = 0;
  private static final int REFUSED = 4;
  private static final int KEPT = 2;

  private final World world;
  private final String root;
  private java.nio.file.Path dir;
  private Installed savepointd;
  private Runs runs;
  private String run = "";

  CommandsIT(World world) {
    this.world = world;
    this.root = world.hdfs().uri() + "/commands";
  }

  @BeforeAll
  void startDaemon() throws IOException {
    runs = new Runs(world.flink(World.FLINK).client(), "numbers");
    dir = Folders.world(getClass());
    savepointd = Installed.with(world, dir, configuration(KEPT));
    savepointd.startDaemon();
    run = runs.awaitRunning();
  }

  private String configuration(int keepLast) throws IOException {
    return """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.numbers {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            retention.keep-last = %d
          }
        }
        """
        .formatted(root, world.flink(World.FLINK).rest(), keepLast);
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  @Test
  @Order(1)
  void aSavepointIsTakenVerifiedAndRetainedOnDemand() throws IOException {
    assertThat(savepointd.succeed("savepoint", "numbers").stdout())
        .startsWith("numbers: savepoint ")
        .contains(" retained: " + root + "/numbers/", "(verified: ");

    JsonNode saved = savepointd.json("list").path("savepoints").path(0);
    assertThat(saved.path("state").asString()).isEqualTo("retained");
    assertThat(saved.path("schedule").isNull()).as("asked for by command").isTrue();
    savepointd.succeed("savepoint");
  }

  @Test
  @Order(2)
  void aHealthyRunIsNotReplacedWithoutBeingTold() throws IOException {
    CommandResult refused = savepointd.run("restore-latest", "numbers");

    assertThat(refused.exitCode()).isEqualTo(REFUSED);
    assertThat(refused.stdout()).contains("refused", run, "--replace");
    assertThat(savepointd.run("restore-latest", "--dry-run").exitCode()).isEqualTo(REFUSED);
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(3)
  void aDryRunSaysWhatWouldBeRestoredAndDoesNothing() throws IOException {
    CommandResult preview = savepointd.run("restore-latest", "--replace", "--dry-run");

    assertThat(preview.exitCode()).isEqualTo(DONE);
    assertThat(preview.stdout())
        .contains("would cancel run " + run, "restore from savepoint " + pathOf(newest()));
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(4)
  void replacesTheRunByOneFromTheNewestSavepoint() throws IOException {
    String newest = pathOf(newest());

    CommandResult replaced = savepointd.succeed("restore-latest", "numbers", "--replace");

    String former = run;
    run = runs.awaitRunningOtherThan(former);
    assertThat(replaced.stdout()).contains("run " + run + " started from savepoint " + newest);
    assertThat(runs.rest().restoredFrom(run)).contains(newest);
    assertThat(savepointd.succeed("lineage").stdout())
        .contains("run " + run + " started at ", "from savepoint " + newest, "from run " + former);
  }

  @Test
  @Order(5)
  void restoresFromAnOlderSavepointByItsId() throws IOException {
    JsonNode older = savepointd.retained().toList().get(1);
    String id = older.path("id").asString().substring(0, 12); // as `list` prints it

    savepointd.succeed("restore-latest", "numbers", "--replace", "--from", id);

    run = runs.awaitRunningOtherThan(run);
    assertThat(runs.rest().restoredFrom(run)).contains(pathOf(older));
  }

  @Test
  @Order(6)
  void keepsNoMoreSavepointsThanWanted() throws IOException {
    savepointd.succeed("savepoint");
    savepointd.succeed("savepoint");
    // What the run was restored from stays until its first checkpoint is noted, every 3 s.
    Awaitility.await("the savepoint that the run stood on is free")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(savepointd.succeed("prune", "numbers").stdout())
                  .contains("numbers: ", " deleted");
              assertThat(savepointd.retained()).hasSize(KEPT);
            });

    List<String> kept = savepointd.retained().map(s -> s.path("id").asString()).toList();
    assertThat(directories()).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Test
  @Order(7)
  void theSocketSpeaksHttp() throws IOException {
    AdminSocket.Reply status = savepointd.socket().ask("GET", "/status");
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.body().path("jobs").path(0).path("run").asString()).isEqualTo(run);

    AdminSocket.Reply taken = savepointd.socket().ask("POST", "/savepoint?job=numbers");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().path("outcomes").path(0).path("result").asString()).isEqualTo("done");

    AdminSocket.Reply unknown = savepointd.socket().ask("GET", "/nothing");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body().path("error").asString()).contains("GET /nothing");
  }

  @Test
  @Order(8)
  void withoutADaemonCommandsActOnTheirOwn() throws IOException {
    savepointd.stopDaemon();

    JsonNode status = savepointd.json("status");
    assertThat(status.path("daemon").asString()).isEqualTo("absent");
    assertThat(status.path("jobs").path(0).path("run").asString()).isEqualTo(run);
    savepointd.succeed("savepoint", "numbers");
    String newest = pathOf(savepointd.json("list", "numbers").path("savepoints").path(0));

    runs.kill(run);
    savepointd.succeed("restore-latest", "numbers");

    run = runs.awaitRunningOtherThan(run);
    assertThat(runs.rest().restoredFrom(run)).contains(newest);
    assertThat(runs.alive()).hasSize(1);
  }

  @Test
  @Order(9)
  void pruningFirstSaysAndThenDoesWhatAStricterRetentionWants() throws IOException {
    List<String> before = directories();
    try (Installed stricter = Installed.with(world, dir.resolve("stricter"), configuration(1))) {
      assertThat(stricter.succeed("prune", "--dry-run").stdout())
          .containsPattern("\\bexpire\\b")
          .containsPattern("\\bkeep\\b");
      assertThat(directories()).as("after the dry run").isEqualTo(before);

      assertThat(stricter.succeed("prune", "numbers").stdout()).contains("1 deleted");

      JsonNode left = stricter.json("list").path("savepoints");
      assertThat(left).hasSize(1);
      assertThat(directories()).containsExactly(left.path(0).path("id").asString());
    }
  }

  @Test
  @Order(10)
  void theNextDaemonGoesOnWithWhatTheCommandsStarted() throws IOException {
    savepointd.startDaemon();

    assertThat(runs.awaitRunning()).isEqualTo(run);
    assertThat(savepointd.json("status").path("jobs").path(0).path("run").asString())
        .isEqualTo(run);
    assertThat(savepointd.json("list").path("savepoints")).isNotEmpty();
  }

  private List<String> directories() throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      return Arrays.stream(hdfs.listStatus(new Path(root + "/numbers")))
          .map(status -> status.getPath().getName())
          .toList();
    }
  }

  private JsonNode newest() throws IOException {
    return savepointd.retained().findFirst().orElseThrow();
  }

  private static String pathOf(JsonNode savepoint) {
    return savepoint.path("path").asString();
  }
}
