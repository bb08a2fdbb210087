package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
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

/** What a person does about a job and its savepoints on a bad day; each goes on from the last. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 180, unit = SECONDS)
class CareIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int FAILED = 1;

  private final World world;
  private final String root;
  private java.nio.file.Path dir;
  private Installed savepointd;
  private Runs runs;

  CareIT(World world) {
    this.world = world;
    this.root = world.hdfs().uri() + "/care";
  }

  @BeforeAll
  void startDaemon() throws IOException {
    runs = new Runs(world.flink(World.FLINK).client(), "care");
    dir = Folders.world(getClass());
    savepointd = Installed.with(world, dir, configuration(""));
    savepointd.startDaemon();
    runs.awaitRunning();
  }

  private String configuration(String more) throws IOException {
    return """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.care {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            retention.keep-last = 3
            %s
          }
        }
        """
        .formatted(root, world.flink(World.FLINK).rest(), more);
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  @Test
  @Order(1)
  void aStopLeavesASavepointAndOutlivesTheDaemon() throws IOException {
    String run = runs.awaitRunning();

    assertThat(savepointd.succeed("stop", "care").stdout()).contains("care: stopped", root);

    assertThat(runs.all())
        .filteredOn(each -> each.id().equals(run))
        .extracting(each -> each.state())
        .containsExactly("FINISHED");
    savepointd.daemon().kill();
    savepointd.startDaemon();
    Awaitility.await("the job to stay stopped")
        .during(Duration.ofSeconds(4))
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(savepointd.job().path("state").asString()).isEqualTo("stopped");
              assertThat(runs.alive()).isEmpty();
            });
  }

  @Test
  @Order(2)
  void aStartGoesOnFromWhatTheStopHasLeft() throws IOException {
    JsonNode left = newest();
    assertThat(left.path("occasion").asString()).isEqualTo("stopping");

    savepointd.succeed("start", "care");

    assertThat(runs.rest().restoredFrom(runs.awaitRunning())).contains(pathOf(left));
  }

  @Test
  @Order(3)
  void aPinnedSavepointOutlivesRetention() throws IOException {
    savepointd.succeed("savepoint");
    String pinned = idOf(newest());
    savepointd.succeed("pin", pinned.substring(0, 12));
    for (int i = 0; i < 4; i++) {
      savepointd.succeed("savepoint");
    }
    savepointd.succeed("prune");
    assertThat(retainedIds()).contains(pinned);

    savepointd.succeed("unpin", pinned);
    savepointd.succeed("prune");
    assertThat(retainedIds()).doesNotContain(pinned);
  }

  @Test
  @Order(4)
  void aDeepLookFindsEverythingGood() throws IOException {
    assertThat(savepointd.succeed("verify", "--deep").stdout())
        .contains(idOf(newest()).substring(0, 12), "good");
    savepointd.succeed("scrub", "--deep");
  }

  @Test
  @Order(5)
  void aDamagedSavepointIsFoundQuarantinedAndClearedAgain() throws IOException {
    JsonNode newest = newest();
    Path metadata = new Path(pathOf(newest), "_metadata");
    byte[] whole = read(metadata);
    write(metadata, whole, whole.length / 2);

    assertThat(savepointd.run("verify").exitCode()).isEqualTo(FAILED);
    assertThat(retainedIds()).doesNotContain(idOf(newest));
    assertThat(savepointd.succeed("list").stdout()).contains("quarantined");

    write(metadata, whole, whole.length);
    savepointd.succeed("verify");
    assertThat(retainedIds()).contains(idOf(newest));
  }

  @Test
  @Order(6)
  void walksBackPastADamagedSavepointWhereThatIsWanted() throws IOException {
    savepointd.stopDaemon();
    savepointd.close();
    savepointd =
        Installed.with(
            world, dir.resolve("walking"), configuration("restore.fallback = \"walk-back 1\""));
    savepointd.startDaemon();
    String run = runs.awaitRunning();
    List<JsonNode> retained = savepointd.retained().toList();
    Path metadata = new Path(pathOf(retained.get(0)), "_metadata");
    byte[] whole = read(metadata);
    write(metadata, whole, 7);

    runs.kill(run);

    String next = runs.awaitRunningOtherThan(run);
    assertThat(runs.rest().restoredFrom(next)).contains(pathOf(retained.get(1)));
    assertThat(retainedIds()).doesNotContain(idOf(retained.get(0)));
  }

  @Test
  @Order(7)
  void takesInASavepointMadeByHandAndNeverDeletesIt() throws IOException {
    Path byHand = new Path(world.hdfs().uri() + "/by-hand/savepoint-1");
    try (FileSystem hdfs = world.hdfs().open()) {
      Path newest = new Path(pathOf(newest()));
      assertThat(FileUtil.copy(hdfs, newest, hdfs, byHand, false, hdfs.getConf())).isTrue();
    }

    savepointd.succeed("adopt", "care", byHand.toString());
    for (int i = 0; i < 4; i++) {
      savepointd.succeed("savepoint");
    }
    savepointd.succeed("prune");

    assertThat(savepointd.retained().map(CareIT::pathOf)).contains(byHand.toString());
    savepointd.succeed("restore-latest", "care", "--replace", "--from", byHand.toString());
    assertThat(runs.rest().restoredFrom(runs.awaitRunning())).contains(byHand.toString());
  }

  @Test
  @Order(8)
  void scrubFindsWhatIsOutOfOrderAndOnlyThat() throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      hdfs.mkdirs(new Path(root + "/care/" + "f".repeat(32)));
      hdfs.create(new Path(root + "/somebody-elses")).close();
      hdfs.delete(new Path(pathOf(oldest())), true);
    }
    String found = savepointd.run("scrub").stdout();
    assertThat(found).contains("missing", "foreign", "somebody-elses");

    savepointd.run("scrub", "--repair");
    assertThat(savepointd.succeed("list").stdout()).contains("quarantined");
    try (FileSystem hdfs = world.hdfs().open()) {
      assertThat(hdfs.exists(new Path(root + "/somebody-elses"))).isTrue();
    }
  }

  @Test
  @Order(9)
  void theLedgerIsRebuiltFromTheStorageAlone() throws IOException {
    String newest = pathOf(newest());
    String run = runs.awaitRunning();
    savepointd.stopDaemon();
    try (FileSystem hdfs = world.hdfs().open()) {
      hdfs.delete(new Path(root + "/.savepointd/ledger"), true);
    }

    assertThat(savepointd.succeed("ledger", "rebuild", "--yes").stdout()).contains(newest);

    savepointd.startDaemon();
    assertThat(runs.awaitRunning()).isEqualTo(run);
    runs.kill(run);
    String next = runs.awaitRunningOtherThan(run);
    assertThat(runs.rest().restoredFrom(next)).contains(newest);
  }

  private byte[] read(Path file) throws IOException {
    try (FileSystem hdfs = world.hdfs().open();
        FSDataInputStream in = hdfs.open(file)) {
      return in.readAllBytes();
    }
  }

  private void write(Path file, byte[] bytes, int length) throws IOException {
    try (FileSystem hdfs = world.hdfs().open();
        FSDataOutputStream out = hdfs.create(file, true)) {
      out.write(bytes, 0, length);
    }
  }

  private JsonNode newest() throws IOException {
    return savepointd.retained().findFirst().orElseThrow();
  }

  private JsonNode oldest() throws IOException {
    return savepointd.retained().reduce((newer, older) -> older).orElseThrow();
  }

  private List<String> retainedIds() throws IOException {
    return savepointd.retained().map(CareIT::idOf).toList();
  }

  private static String idOf(JsonNode savepoint) {
    return savepoint.path("id").asString();
  }

  private static String pathOf(JsonNode savepoint) {
    return savepoint.path("path").asString();
  }
}
