package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
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

/** The core path, in the order of its steps, on any version of Flink. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS)
abstract class SupervisedJobScenario {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int KEPT = 3;

  private final World world;
  private final String version;
  private final String root;
  private LineServer lines;
  private Installed savepointd;
  private Runs runs;
  private int runsBefore;
  private String run = "";

  SupervisedJobScenario(World world, String version) {
    this.world = world;
    this.version = version;
    this.root = world.hdfs().uri() + "/" + getClass().getSimpleName();
  }

  @BeforeAll
  void startDaemon() throws IOException {
    lines = LineServer.start();
    runs = new Runs(world.flink(version).client(), "averaging");
    savepointd = Installed.with(world, Folders.world(getClass()), configuration());
    runsBefore = runs.all().size();
    savepointd.startDaemon();
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.averaging {
            cluster = main
            jar = "job/averaging-job.jar"
            args = ["--host", "127.0.0.1", "--port", "%d"]
            schedules.frequent.cron = "0/2 * * * * ?"
            retention.keep-last = %d
          }
        }
        """
        .formatted(root, world.flink(version).rest(), lines.port(), KEPT);
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
    lines.close();
  }

  @Test
  @Order(1)
  void startsAJobFreshOfWhichNothingIsKnown() throws IOException {
    run = runs.awaitRunning();

    assertThat(runs.rest().restoredFrom(run)).isEmpty();
    lines.send("701 10", "701 20");
    awaitPrinted("(701,15)");
  }

  @Test
  @Order(2)
  void savepointsLandOnHdfsAsTheCronSays() throws IOException {
    awaitSavepoints(2);

    JsonNode newest = savepointd.retained().findFirst().orElseThrow();
    assertThat(newest.path("schedule").asString()).isEqualTo("frequent");
    assertThat(newest.path("path").asString())
        .matches(root + "/averaging/" + newest.path("id").asString() + "/savepoint-[^/]+");
    try (FileSystem hdfs = world.hdfs().open()) {
      FileStatus metadata =
          hdfs.getFileStatus(new Path(newest.path("path").asString(), "_metadata"));
      assertThat(metadata.getLen()).isPositive().isLessThanOrEqualTo(newest.path("bytes").asLong());
    }
  }

  @Test
  @Order(3)
  void tellsHowTheJobStandsAndWhatWasSaved() throws IOException {
    JsonNode job = savepointd.json("status").path("jobs").path(0);
    assertThat(job.path("name").asString()).isEqualTo("averaging");
    assertThat(job.path("state").asString()).isEqualTo("running");
    assertThat(job.path("run").asString()).isEqualTo(run);
    JsonNode newest = job.path("newestSavepoint");
    assertThat(newest.path("path").asString()).startsWith(root + "/averaging/");
    assertThat(newest.path("ageSeconds").asLong()).isBetween(0L, 30L);
    assertThat(Instant.parse(newest.path("takenAt").asString()))
        .isBefore(Instant.parse(job.path("nextFire").asString()));

    JsonNode saved = savepointd.json("list", "averaging").path("savepoints").path(0);
    assertThat(saved.propertyNames())
        .contains("id", "path", "takenAt", "state", "bytes", "run", "schedule");
    assertThat(saved.path("run").asString()).isEqualTo(run);
    assertThat(saved.path("state").asString()).isEqualTo("retained");

    assertThat(savepointd.succeed("lineage").stdout())
        .startsWith("averaging: run " + run + " started at ")
        .contains(" empty, started");
  }

  @Test
  @Order(4)
  void bringsBackARunThatWasCancelledBehindItsBack() throws IOException {
    savepointd.succeed("savepoint", "averaging"); // with both numbers of key 701 in it
    String former = run;

    runs.kill(former);
    run = runs.awaitRunningOtherThan(former);

    String restored = runs.rest().restoredFrom(run).orElseThrow();
    JsonNode line = lineageOf(run);
    assertThat(line.path("fromPath").asString()).isEqualTo(restored);
    assertThat(line.path("fromRun").asString()).isEqualTo(former);
    assertThat(newestOf(former)).isEqualTo(restored);
    assertThat(savepointd.lineageLog())
        .anyMatch(
            logged ->
                logged.contains("run " + run + " started from savepoint " + restored + " taken at ")
                    && logged.endsWith(" from run " + former));
    lines.send("701 60");
    awaitPrinted("(701,30)"); // (10 + 20 + 60) / 3: what was counted before is still there
  }

  @Test
  @Order(5)
  void keepsNoMoreSavepointsThanWanted() throws IOException {
    Awaitility.await("savepoints deleted")
        .atMost(SOON)
        .until(() -> savepointd.everSaved().filter(s -> isIn(s, "deleted")).count() >= 2);

    List<String> deleted =
        savepointd
            .everSaved()
            .filter(s -> isIn(s, "deleted"))
            .map(s -> s.path("id").asString())
            .toList();
    try (FileSystem hdfs = world.hdfs().open()) {
      for (String id : deleted) {
        assertThat(hdfs.exists(new Path(root + "/averaging/" + id))).as(id).isFalse();
      }
      // A moment after the last deletion, with the next savepoint perhaps under way.
      Awaitility.await("no more directories than savepoints wanted")
          .atMost(SOON)
          .until(() -> hdfs.listStatus(new Path(root + "/averaging")).length <= KEPT + 1);
    }
  }

  @Test
  @Order(6)
  void aKilledDaemonCarriesOnWhereItWas() throws IOException {
    List<String> known = savepointd.retained().map(s -> s.path("id").asString()).toList();

    savepointd.daemon().kill();
    savepointd.startDaemon();

    Awaitility.await("the run to be recognized")
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals("running"));
    assertThat(savepointd.job().path("run").asString()).isEqualTo(run);
    assertThat(savepointd.everSaved().map(s -> s.path("id").asString())).containsAll(known);
    Awaitility.await("a new savepoint")
        .atMost(SOON)
        .until(
            () ->
                !known.contains(
                    savepointd.retained().findFirst().orElseThrow().path("id").asString()));
    assertThat(runs.all()).as("the fresh run and the restored one").hasSize(runsBefore + 2);
    assertThat(runs.alive()).extracting("id").containsExactly(run);
  }

  @Test
  @Order(7)
  void aStoppedDaemonLeavesTheJobRunning() throws IOException {
    savepointd.stopDaemon();

    assertThat(runs.awaitRunning()).isEqualTo(run);
    assertThat(savepointd.socket().path()).doesNotExist();
  }

  private void awaitSavepoints(int count) {
    Awaitility.await(count + " retained savepoints")
        .atMost(SOON)
        .until(() -> savepointd.retained().count() >= count);
  }

  private void awaitPrinted(String average) throws IOException {
    Awaitility.await(average + " to be printed")
        .atMost(SOON)
        .until(() -> world.flink(version).printed().contains(average));
  }

  private JsonNode lineageOf(String id) throws IOException {
    return StreamSupport.stream(savepointd.json("lineage").path("runs").spliterator(), false)
        .filter(line -> line.path("run").asString().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private String newestOf(String id) throws IOException {
    return savepointd
        .everSaved()
        .filter(s -> s.path("run").asString().equals(id))
        .findFirst()
        .orElseThrow()
        .path("path")
        .asString();
  }

  private static boolean isIn(JsonNode savepoint, String state) {
    return savepoint.path("state").asString().equals(state);
  }
}
