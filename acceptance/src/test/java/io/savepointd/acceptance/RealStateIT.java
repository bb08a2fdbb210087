package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.FlinkProcesses;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Program;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * State as it is in earnest: RocksDB with incremental and unaligned checkpoints, twenty stateful
 * operators in four subtasks each, and {@code -Dstate.mib=1024} of it; each test goes on from the
 * last. What it took is printed.
 */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 900, unit = SECONDS)
class RealStateIT {

  private static final int MIB = Integer.getInteger("state.mib", 64);
  private static final int OPERATORS = 20;
  private static final int PARALLELISM = 4;
  private static final int FAILED = 1;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration FILLING = Duration.ofMinutes(5);

  private final World world;
  private final String root;
  private final String checkpoints;
  private FlinkProcesses flink;
  private Installed savepointd;
  private Runs runs;

  RealStateIT(World world) {
    this.world = world;
    this.root = world.hdfs().uri() + "/real-state";
    this.checkpoints = world.hdfs().uri() + "/real-checkpoints";
  }

  @BeforeAll
  void startDaemon() throws IOException {
    Path dir = Folders.world(getClass());
    flink = FlinkProcesses.start(World.FLINK, dir, settings());
    flink.addTaskManager();
    flink.awaitTaskManagers(PARALLELISM / 2);
    runs = new Runs(flink.client(), "real");
    savepointd =
        Installed.with(world, dir, configuration(Program.jar("LargeState", World.FLINK, dir)));
    savepointd.startDaemon();
    runs.awaitRunning();
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("state.backend.type", "rocksdb"),
        Map.entry("execution.checkpointing.incremental", "true"),
        Map.entry("execution.checkpointing.unaligned.enabled", "true"),
        Map.entry("execution.checkpointing.interval", "2s"),
        Map.entry("execution.checkpointing.num-retained", "20"),
        Map.entry(
            "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"),
        Map.entry("execution.checkpointing.dir", checkpoints),
        // Many subtasks write at the same time, each with packets of HDFS's client.
        Map.entry("env.java.opts.all", "-Xmx1g"),
        Map.entry("taskmanager.memory.managed.size", "512m"),
        Map.entry("taskmanager.memory.network.min", "96m"),
        Map.entry("taskmanager.memory.network.max", "96m"));
  }

  private String configuration(Path jar) {
    return """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.real {
            jar = "%s"
            args = ["%d", "%d"]
            parallelism = %d
            retention.keep-last = 3
          }
        }
        """
        .formatted(root, flink.rest(), jar, OPERATORS, MIB, PARALLELISM);
  }

  @AfterAll
  void end() throws IOException {
    if (savepointd != null) {
      savepointd.close();
    }
    if (flink != null) {
      flink.close();
    }
    try (FileSystem hdfs = world.hdfs().open()) {
      for (String directory : new String[] {root, checkpoints}) {
        hdfs.delete(new org.apache.hadoop.fs.Path(directory), true);
      }
    }
  }

  /** While it fills its state the job is under backpressure, so that channels have state too. */
  @Test
  @Order(1)
  void restoresFromAnIncrementalUnalignedCheckpoint() throws IOException {
    String run = runs.awaitRunning();
    String checkpoint =
        Awaitility.await("a checkpoint of RocksDB's files")
            .atMost(FILLING)
            .until(() -> completed(run), path -> !path.isEmpty());

    patiently("restore-latest", "real", "--replace", "--from", checkpoint);

    String next = awaitRunningOtherThan(run);
    assertThat(runs.rest().restoredFrom(next)).contains(checkpoint);
  }

  /** The path of a checkpoint that holds more than its metadata. */
  private String completed(String run) throws IOException {
    JsonNode latest = runs.rest().checkpoints(run).path("latest").path("completed");
    if (latest.path("state_size").asLong() < 10 * 1024 * 1024) {
      return "";
    }
    say(
        "checkpoint's bytes, of channels",
        latest.path("state_size"),
        latest.path("persisted_data"));
    return latest.path("external_path").asString();
  }

  @Test
  @Order(2)
  void takesACanonicalSavepointAndSaysHowFarItIs() throws Exception {
    awaitFull();
    Set<String> said = new LinkedHashSet<>();
    CompletableFuture<Void> taken = CompletableFuture.runAsync(this::takeCanonical);
    Awaitility.await("the savepoint")
        .atMost(FILLING)
        .until(
            () -> {
              said.add(savepointd.job().path("detail").asString());
              return taken.isDone();
            });
    taken.get();

    assertThat(said).anyMatch(detail -> detail.startsWith("savepoint under way"));
    say("progress", said);
    JsonNode newest = newest();
    assertThat(newest.path("bytes").asLong()).isGreaterThan(MIB * 1_000_000L);
    assertThat(newest.path("tookMillis").asLong()).isPositive();
    if (newest.path("tookMillis").asLong() > 10_000) {
      assertThat(said).anyMatch(detail -> detail.matches("savepoint \\d+/\\d+ tasks, .*"));
    }
    restoresFrom(newest, "canonical");
  }

  private void takeCanonical() {
    try {
      patiently("savepoint", "real");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command that takes as long as the state is large. */
  private String patiently(String... command) throws IOException {
    CommandResult result = savepointd.attempt(FILLING, command).orElseThrow();
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result.stdout();
  }

  /** Until each checkpoint is of all the state. */
  private void awaitFull() {
    Awaitility.await("all of the state")
        .atMost(FILLING)
        .until(
            () ->
                runs.rest()
                        .checkpoints(runs.awaitRunning())
                        .path("latest")
                        .path("completed")
                        .path("state_size")
                        .asLong()
                    > MIB * 1_000_000L);
  }

  @Test
  @Order(3)
  void takesANativeSavepoint() throws IOException {
    awaitFull();
    patiently("savepoint", "real", "--native");

    JsonNode newest = newest();
    assertThat(newest.path("bytes").asLong()).isGreaterThan(MIB * 1_000_000L);
    assertThat(files(newest)).hasSizeGreaterThan(OPERATORS * PARALLELISM);
    restoresFrom(newest, "native");
  }

  private void restoresFrom(JsonNode savepoint, String format) throws IOException {
    say(
        format + ": bytes, files, took ms",
        savepoint.path("bytes"),
        files(savepoint).length,
        savepoint.path("tookMillis"));
    String id = savepoint.path("id").asString();
    say("verified in ms", verified("verify", id, "--json").path("millis"));
    say("deep in ms", verified("verify", id, "--deep", "--json").path("millis"));
    String run = runs.awaitRunning();
    long killed = System.nanoTime();
    runs.kill(run);
    String next = awaitRunningOtherThan(run);
    say("running again after ms", (System.nanoTime() - killed) / 1_000_000);
    assertThat(runs.rest().restoredFrom(next)).contains(savepoint.path("path").asString());
    say("daemon's peak", peak());
  }

  private String awaitRunningOtherThan(String former) {
    return Awaitility.await("all tasks of another run")
        .atMost(FILLING)
        .until(
            runs::alive,
            alive ->
                alive.size() == 1
                    && alive.get(0).isFullyRunning()
                    && !alive.get(0).id().equals(former))
        .get(0)
        .id();
  }

  private JsonNode verified(String... command) throws IOException {
    JsonNode look = JSON.readTree(patiently(command)).path("savepoints").path(0);
    assertThat(look.path("result").asString()).as("%s", look).isEqualTo("good");
    return look;
  }

  private String peak() throws IOException {
    return Files.readAllLines(Path.of("/proc", savepointd.daemon().pid() + "", "status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("");
  }

  @Test
  @Order(4)
  void findsAFileOfRocksDbThatWasLost() throws IOException {
    FileStatus largest = largest();
    org.apache.hadoop.fs.Path aside = new org.apache.hadoop.fs.Path(root, "aside");
    try (FileSystem hdfs = world.hdfs().open()) {
      assertThat(hdfs.rename(largest.getPath(), aside)).isTrue();
      assertBad(largest.getPath().getName() + " is missing");
      assertThat(hdfs.rename(aside, largest.getPath())).isTrue();
    }
    patiently("verify");
  }

  @Test
  @Order(5)
  void findsAFileOfRocksDbThatWasCut() throws IOException {
    FileStatus largest = largest();
    org.apache.hadoop.fs.Path aside = new org.apache.hadoop.fs.Path(root, "aside");
    try (FileSystem hdfs = world.hdfs().open()) {
      assertThat(hdfs.rename(largest.getPath(), aside)).isTrue();
      try (FSDataInputStream whole = hdfs.open(aside);
          FSDataOutputStream cut = hdfs.create(largest.getPath())) {
        IOUtils.copyBytes(whole, cut, largest.getLen() - 1, false);
      }
      assertBad(
          largest.getPath().getName()
              + " has "
              + (largest.getLen() - 1)
              + " of its "
              + largest.getLen()
              + " bytes");
    }
  }

  private void assertBad(String why) throws IOException {
    assertThat(savepointd.run("verify"))
        .satisfies(
            result -> {
              assertThat(result.exitCode()).as("%s", result).isEqualTo(FAILED);
              assertThat(result.stdout()).contains(why);
            });
  }

  /** Of the savepoint's state; a job of many subtasks has large metadata too. */
  private FileStatus largest() throws IOException {
    return Arrays.stream(files(newest()))
        .filter(file -> !file.getPath().getName().equals("_metadata"))
        .max(Comparator.comparing(FileStatus::getLen))
        .orElseThrow();
  }

  private FileStatus[] files(JsonNode savepoint) throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      return hdfs.listStatus(new org.apache.hadoop.fs.Path(savepoint.path("path").asString()));
    }
  }

  private JsonNode newest() throws IOException {
    return savepointd.retained().findFirst().orElseThrow();
  }

  private static void say(String what, Object... values) {
    System.out.println("real state, " + MIB + " MiB: " + what + " " + Arrays.toString(values));
  }
}
