package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.Sequence;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.IOUtils;
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

/**
 * Where {@code restore.from = latest-state}, a run goes on from the newest of Flink's incremental
 * RocksDB checkpoints, of which savepointd deletes none; each test goes on from the last.
 */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS)
class RetainedCheckpointIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Sequence SEQUENCE = new Sequence(60_000, 7);
  private static final int SLOWLY = 400;
  private static final int AT_ONCE = 0;

  private final World world;
  private final String checkpoints;
  private final String results;
  private Installed savepointd;
  private Runs runs;
  private String newest = "";

  RetainedCheckpointIT(World world) {
    this.world = world;
    this.checkpoints = world.hdfs().uri() + "/retained-checkpoints";
    this.results = world.hdfs().uri() + "/results/retained-checkpoints";
  }

  @BeforeAll
  void startDaemon() throws IOException {
    runs = new Runs(world.flink(World.FLINK).client(), "kept");
    savepointd = Installed.with(world, Folders.world(getClass()), configuration(SLOWLY));
    savepointd.startDaemon();
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  private String configuration(int rate) throws IOException {
    return """
        savepointd {
          storage.root = "%s/retained"
          clusters.main.rest = "%s"
          jobs.kept {
            jar = "job/averaging-job.jar"
            args = %s
            restart = on-failure
            restore.from = latest-state
            retention.keep-last = 1
            flink-configuration {
              state.backend.type = rocksdb
              execution.checkpointing.incremental = true
              execution.checkpointing.dir = "%s"
              execution.checkpointing.externalized-checkpoint-retention = RETAIN_ON_CANCELLATION
              execution.checkpointing.data-inline-threshold = 0b
            }
          }
        }
        """
        .formatted(
            world.hdfs().uri(),
            world.flink(World.FLINK).rest(),
            SEQUENCE.hocon(results, rate),
            checkpoints);
  }

  @Test
  @Order(1)
  void goesOnFromACheckpointThatIsNewerThanTheSavepoint() throws IOException {
    String run = runs.awaitRunning();
    savepointd.succeed("savepoint");
    String savepoint = savepointd.retained().findFirst().orElseThrow().path("path").asString();
    long afterIt = completedAfter(run, 0);
    completedAfter(run, afterIt + 5); // by then it is noted where they lie

    runs.kill(run);
    String next = runs.awaitRunningOtherThan(run);

    newest = newestOf(run);
    assertThat(runs.rest().restoredFrom(next)).contains(newest);
    assertThat(newest).contains("/" + run + "/chk-");
    assertThat(savepointd.retained().map(s -> s.path("path").asString()))
        .containsExactly(savepoint);
    JsonNode line = savepointd.lineage().findFirst().orElseThrow();
    assertThat(line.path("from").asString()).isEqualTo("checkpoint");
    assertThat(line.path("fromRun").asString()).isEqualTo(run);
    assertThat(savepointd.succeed("lineage").stdout()).contains("from checkpoint " + newest);
  }

  /** Waits for a checkpoint of a higher number; its number. */
  private long completedAfter(String run, long number) {
    return Awaitility.await("checkpoint after " + number)
        .atMost(SOON)
        .until(
            () -> runs.rest().checkpoints(run).path("latest").path("completed").path("id").asLong(),
            id -> id > number);
  }

  private String newestOf(String run) throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      return Arrays.stream(hdfs.listStatus(new Path(checkpoints, run)))
          .map(FileStatus::getPath)
          .filter(path -> path.getName().startsWith("chk-") && hasMetadata(hdfs, path))
          .max((a, b) -> Long.compare(number(a), number(b)))
          .orElseThrow()
          .toString();
    }
  }

  private static boolean hasMetadata(FileSystem hdfs, Path checkpoint) {
    try {
      return hdfs.exists(new Path(checkpoint, "_metadata"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getName().substring("chk-".length()));
  }

  @Test
  @Order(2)
  void isHeldByANewestCheckpointWhoseSharedFilesWereCut() throws IOException {
    String run = runs.awaitRunning();
    completedAfter(run, number(new Path(newest)) + 2);
    savepointd.stopDaemon();
    runs.kill(run);
    newest = newestOf(run);
    Set<String> before = files();
    Path cut = cutSharedFileOf(run);

    savepointd.startDaemon();
    Awaitility.await("the job to be held")
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals("held"));

    assertThat(savepointd.job().path("detail").asString())
        .contains("checkpoint " + newest, cut.getName() + " has ", "--from ID");
    assertThat(runs.alive()).isEmpty();
    savepointd.succeed("prune");
    savepointd.succeed("scrub");
    assertThat(files()).containsAll(before);
    mend(cut);
  }

  /** All that lies below the checkpoints' directory. */
  private Set<String> files() throws IOException {
    Set<String> paths = new TreeSet<>();
    try (FileSystem hdfs = world.hdfs().open()) {
      RemoteIterator<LocatedFileStatus> all = hdfs.listFiles(new Path(checkpoints), true);
      while (all.hasNext()) {
        paths.add(all.next().getPath().toString());
      }
    } catch (FileNotFoundException e) {
      throw new IOException("it vanished under its listing", e);
    }
    return paths;
  }

  /** The largest, which no incremental checkpoint is without. */
  private Path cutSharedFileOf(String run) throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      FileStatus largest =
          Arrays.stream(hdfs.listStatus(new Path(new Path(checkpoints, run), "shared")))
              .max((a, b) -> Long.compare(a.getLen(), b.getLen()))
              .orElseThrow();
      assertThat(hdfs.rename(largest.getPath(), aside())).isTrue();
      try (FSDataInputStream whole = hdfs.open(aside());
          FSDataOutputStream cut = hdfs.create(largest.getPath())) {
        IOUtils.copyBytes(whole, cut, largest.getLen() - 1, false);
      }
      return largest.getPath();
    }
  }

  private Path aside() {
    return new Path(checkpoints + "-aside");
  }

  private void mend(Path cut) throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      savepointd.succeed("stop", "kept");
      assertThat(hdfs.delete(cut, false)).isTrue();
      assertThat(hdfs.rename(aside(), cut)).isTrue();
    }
  }

  @Test
  @Order(3)
  void countsEachRecordOnceInTheEnd() throws IOException {
    savepointd.configure(configuration(AT_ONCE));
    savepointd.succeed("reload");

    savepointd.succeed("start", "kept");
    Awaitility.await("the last run to finish")
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals("ended"));

    assertThat(savepointd.lineage().findFirst().orElseThrow().path("fromPath").asString())
        .isEqualTo(newest);
    List<String> averages = Sequence.results(world.hdfs(), results);
    assertThat(averages).isEqualTo(SEQUENCE.averages());
  }
}
