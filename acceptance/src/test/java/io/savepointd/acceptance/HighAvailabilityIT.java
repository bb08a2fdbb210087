package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.AdminSocket;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.HighlyAvailableFlink;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import io.savepointd.acceptance.world.ZooKeeperProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
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
 * A cluster of two JobManagers, found through ZooKeeper: what Flink brings back by itself is left
 * to it, and what it doesn't bring back in time is restored.
 */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 240, unit = SECONDS)
class HighAvailabilityIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration FAILOVER = Duration.ofSeconds(6);

  private final World world;
  private final ExecutorService aside = Executors.newCachedThreadPool();
  private Path dir;
  private String storage;
  private ZooKeeperProcess zooKeeper;
  private HighlyAvailableFlink flink;
  private Installed savepointd;
  private int leader;
  private String run = "";

  HighAvailabilityIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startAll() throws IOException {
    dir = Folders.world(getClass());
    storage = world.hdfs().uri() + "/high-availability";
    zooKeeper = ZooKeeperProcess.start(dir);
    flink = HighlyAvailableFlink.start(World.FLINK, dir, zooKeeper, storage, 2);
    leader = flink.awaitLeader();
    savepointd = Installed.with(world, dir, configuration(World.FLINK));
  }

  private String configuration(String version) {
    return """
        savepointd {
          storage.root = "%s/savepoints-%s"
          clusters.main.high-availability {
            type = zookeeper
            cluster-id = "%s"
            zookeeper.quorum = "%s"
            zookeeper.client.session-timeout = 4s
          }
          jobs.precious {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            flink-configuration {
              "execution.checkpointing.interval" = 500ms
              "execution.checkpointing.timeout" = 60s
            }
            timeouts.failover = %ds
          }
        }
        """
        .formatted(
            storage,
            version,
            HighlyAvailableFlink.clusterId(version),
            zooKeeper.quorum(),
            FAILOVER.toSeconds());
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    flink.close();
    zooKeeper.close();
    aside.shutdownNow();
  }

  private Runs runs(int jobManager) {
    return new Runs(flink.client(jobManager), "precious");
  }

  @Test
  @Order(1)
  void findsTheLeaderAndStartsTheJobThere() throws IOException {
    savepointd.startDaemon();

    run = runs(leader).awaitRunning();

    savepointd.succeed("savepoint");
    assertThat(savepointd.retained()).hasSize(1);
    assertThat(savepointd.run("doctor").stdout()).containsPattern("ok +cluster main +Flink 2.3.0");
  }

  /** The savepoint is asked of a leader that dies over it, and written by its successor's word. */
  @Test
  @Order(2)
  void leavesToFlinkWhatFlinkBringsBack() throws Exception {
    awaitCheckpoint();
    flink.taskManager().pause();
    CompletableFuture<AdminSocket.Reply> savepoint =
        CompletableFuture.supplyAsync(this::savepoint, aside);
    awaitDetail("savepoint under way");
    flink.jobManager(leader).kill();
    flink.taskManager().resume();
    awaitState("unreachable");

    leader = flink.awaitLeader();

    assertThat(runs(leader).awaitRunning()).isEqualTo(run);
    assertThat(savepoint.get(SOON.toSeconds(), TimeUnit.SECONDS).body().toString())
        .contains("\"done\"");
    assertThat(savepointd.retained()).hasSize(2);
    awaitState("running");
    savepointd.succeed("savepoint");
    assertThat(savepointd.retained()).hasSize(3);
    assertThat(runs(leader).all()).hasSize(1);
    assertThat(savepointd.lineage())
        .singleElement()
        .satisfies(only -> assertThat(only.path("run").asString()).isEqualTo(run));
  }

  private void awaitCheckpoint() {
    Awaitility.await("a checkpoint for the next leader")
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                flink.client(leader).checkpoints(run).path("latest").path("completed").isObject());
  }

  private AdminSocket.Reply savepoint() {
    try {
      return savepointd.socket().ask("POST", "/savepoint");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A leader without jobs, jars or any memory of them is all that comes back. */
  @Test
  @Order(3)
  void restoresWhatFlinkDoesNotBringBackInTime() throws IOException {
    JsonNode newest = savepointd.retained().findFirst().orElseThrow();
    flink.jobManager(leader).kill();
    zooKeeper.delete("/flink");
    awaitState("unreachable");
    flink.launchJobManager(leader);
    leader = flink.awaitLeader();
    awaitDetail("given until");

    String restored = runs(leader).awaitRunningOtherThan(run);

    assertThat(runs(leader).rest().restoredFrom(restored)).contains(newest.path("path").asString());
    assertThat(savepointd.lineage()).hasSize(2);
    awaitState("running");
    savepointd.succeed("savepoint");
    savepointd.stopDaemon();
  }

  /** What the oldest of them writes to ZooKeeper is read as well. */
  @Test
  @Order(4)
  void findsTheLeaderOfAnOldFlink() throws IOException {
    flink.close();
    try (HighlyAvailableFlink old =
            HighlyAvailableFlink.start(World.OLD_FLINK, dir, zooKeeper, storage, 1);
        Installed looking =
            Installed.with(world, dir.resolve("old"), configuration(World.OLD_FLINK))) {
      assertThat(old.awaitLeader()).isZero();
      assertThat(looking.run("doctor").stdout()).containsPattern("ok +cluster main +Flink 1.20");
    }
  }

  private void awaitState(String state) {
    Awaitility.await("the job to be " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> savepointd.job().path("state").asString().equals(state));
  }

  private void awaitDetail(String detail) {
    Awaitility.await("the job to say " + detail)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> savepointd.job().path("detail").asString().contains(detail));
  }
}
