package io.savepointd.acceptance;

import static io.savepointd.acceptance.AveragingOnFlink.KEPT;
import static io.savepointd.acceptance.AveragingOnFlink.SOON;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.VersionTable.Step;
import io.savepointd.acceptance.world.FlinkVersions;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The core path, in the order of its steps, on each version of Flink that is tested. */
@ParameterizedClass(name = "Flink {0}")
@MethodSource("versions")
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS)
class SupervisedJobIT {

  /** What Flink's metadata begins with, before its version. */
  private static final int MAGIC = 0x4960672d;

  private final World world;

  @Parameter private String version;

  private VersionTable table;
  private AveragingOnFlink averaging;
  private Installed savepointd;
  private Runs runs;
  private String root;
  private int runsBefore;
  private String run = "";

  SupervisedJobIT(World world) {
    this.world = world;
  }

  static Stream<String> versions() {
    return FlinkVersions.wanted().stream();
  }

  /** One instance serves all versions, one after the other. */
  @BeforeParameterizedClassInvocation
  void startDaemon() throws IOException {
    table = VersionTable.of(version);
    run = "";
    averaging = AveragingOnFlink.of(world, version);
    table.program(averaging.program());
    savepointd = averaging.savepointd();
    runs = averaging.runs();
    root = averaging.root();
    runsBefore = runs.all().size();
    savepointd.startDaemon();
  }

  @AfterParameterizedClassInvocation
  void end() throws IOException {
    table.write();
    averaging.close();
  }

  @Test
  @Order(1)
  void startsAJobFreshOfWhichNothingIsKnown() throws IOException {
    run = runs.awaitRunning();

    assertThat(runs.rest().restoredFrom(run)).isEmpty();
    averaging.send("701 10", "701 20");
    averaging.awaitPrinted("(701,15)");
    table.passed(Step.FRESH_START);
  }

  @Test
  @Order(2)
  void savepointsLandOnHdfsAsTheCronSays() throws IOException {
    averaging.awaitSavepoints(2);

    JsonNode newest = savepointd.retained().findFirst().orElseThrow();
    assertThat(newest.path("schedule").asString()).isEqualTo("frequent");
    assertThat(newest.path("path").asString())
        .matches(root + "/averaging/" + newest.path("id").asString() + "/savepoint-[^/]+");
    try (FileSystem hdfs = world.hdfs().open()) {
      Path file = new Path(newest.path("path").asString(), "_metadata");
      FileStatus metadata = hdfs.getFileStatus(file);
      assertThat(metadata.getLen()).isPositive().isLessThanOrEqualTo(newest.path("bytes").asLong());
      try (FSDataInputStream in = hdfs.open(file)) {
        assertThat(in.readInt()).isEqualTo(MAGIC);
        table.metadata(in.readInt());
      }
    }
    table.passed(Step.SAVEPOINT);
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
        .contains(" empty, and goes on");
  }

  @Test
  @Order(4)
  void findsASavepointWholeWhenAsked() throws IOException {
    String newest = savepointd.retained().findFirst().orElseThrow().path("id").asString();

    JsonNode verified = savepointd.post("/verify?deep=true&what=" + newest);

    assertThat(verified.path("savepoints")).hasSize(1);
    assertThat(verified.path("savepoints").path(0).path("result").asString()).isEqualTo("good");
    table.passed(Step.VERIFY);
  }

  @Test
  @Order(5)
  void bringsBackARunThatWasCancelledBehindItsBack() throws IOException {
    savepointd.succeed("savepoint", "averaging"); // with both numbers of key 701 in it
    String former = run;

    runs.kill(former);
    run = runs.awaitRunningOtherThan(former);

    String restored = runs.rest().restoredFrom(run).orElseThrow();
    JsonNode line = averaging.lineageOf(run);
    assertThat(line.path("fromPath").asString()).isEqualTo(restored);
    assertThat(line.path("fromRun").asString()).isEqualTo(former);
    assertThat(averaging.newestOf(former)).isEqualTo(restored);
    String sentence = "run " + run + " started from savepoint " + restored + " taken at ";
    Awaitility.await("the lineage log")
        .atMost(SOON)
        .until(
            () ->
                savepointd.lineageLog().stream()
                    .anyMatch(
                        logged ->
                            logged.contains(sentence) && logged.endsWith(" from run " + former)));
    averaging.send("701 60");
    // (10 + 20 + 60) / 3: what was counted before is still there.
    averaging.awaitPrinted("(701,30)");
    table.passed(Step.RESTORE);
  }

  @Test
  @Order(6)
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
    table.passed(Step.PRUNE);
  }

  @Test
  @Order(7)
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
    table.passed(Step.DAEMON_KILLED);
  }

  @Test
  @Order(8)
  void startsAStoppedJobFromWhereItStopped() throws IOException {
    String former = run;

    savepointd.post("/stop?job=averaging");
    Awaitility.await("the job to be stopped")
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals("stopped"));
    assertThat(runs.alive()).isEmpty();
    JsonNode last = savepointd.everSaved().findFirst().orElseThrow();
    assertThat(last.path("run").asString()).isEqualTo(former);
    assertThat(last.path("occasion").asString()).isEqualTo("stopping");
    savepointd.post("/start?job=averaging");
    run = runs.awaitRunningOtherThan(former);

    assertThat(runs.rest().restoredFrom(run)).hasValue(last.path("path").asString());
    averaging.send("701 10");
    averaging.awaitPrinted("(701,25)"); // (10 + 20 + 60 + 10) / 4
    table.passed(Step.STOP);
  }

  @Test
  @Order(9)
  void aStoppedDaemonLeavesTheJobRunning() throws IOException {
    savepointd.stopDaemon();

    assertThat(runs.awaitRunning()).isEqualTo(run);
    assertThat(savepointd.socket().path()).doesNotExist();
  }

  @Test
  @Order(10)
  void isWhatThePublishedTableSays() throws IOException {
    table.checkPublished();
  }

  private static boolean isIn(JsonNode savepoint, String state) {
    return savepoint.path("state").asString().equals(state);
  }
}
