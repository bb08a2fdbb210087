package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.bench.Figures;
import io.savepointd.acceptance.bench.Recovery;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How fast and how small the daemon is, with one job and a savepoint every second. What it measures
 * would tell of the other tests' load.
 */
@Tag("alone")
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 240, unit = SECONDS)
class RecoveryTimeIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int KILLS = 5;
  private static final int STARTS = 3;
  private static final int SAVEPOINTS = 25;

  private final World world;
  private final List<Duration> starts = new ArrayList<>();
  private Installed savepointd;
  private Runs runs;

  RecoveryTimeIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startDaemonSeveralTimes() throws IOException {
    runs = new Runs(world.flink(World.FLINK).client(), "recovered");
    savepointd = Installed.with(world, Folders.world(getClass()), configuration());
    for (int i = 0; i < STARTS; i++) {
      if (i > 0) {
        savepointd.stopDaemon();
      }
      long from = System.nanoTime();
      savepointd.startDaemon();
      starts.add(Duration.ofNanos(System.nanoTime() - from));
    }
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  @Test
  @Order(1)
  void isReadyWithinFourSeconds() {
    Figures ready = new Figures(starts);
    print("daemon ready", ready.toString());
    assertThat(ready.median()).as("%s", ready).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  @Order(2)
  void aDeadRunIsBackWithinTwoSeconds() throws IOException {
    List<Duration> recoveries = new ArrayList<>();
    Recovery recovery = new Recovery(runs);
    String run = runs.awaitRunning();
    for (int kill = 0; kill < KILLS; kill++) {
      awaitSavepointOf(run);
      recoveries.add(recovery.afterDeathOf(run));
      run = runs.awaitRunningOtherThan(run);
    }
    Figures figures = new Figures(recoveries);
    print("death to all tasks running", figures.toString());
    assertThat(figures.median()).as("%s", figures).isLessThan(Duration.ofSeconds(2));
  }

  /** On standard output, which Maven shows; of a test reporter's entries it shows none. */
  private static void print(String figure, String value) {
    System.out.println(figure + ": " + value);
  }

  private void awaitSavepointOf(String run) {
    Awaitility.await("a savepoint of run " + run)
        .atMost(SOON)
        .until(() -> savepointd.retained().anyMatch(s -> s.path("run").asString().equals(run)));
  }

  @Test
  @Order(3)
  void staysSmall() throws IOException {
    Awaitility.await(SAVEPOINTS + " savepoints")
        .atMost(SOON.multipliedBy(3))
        .until(() -> savepointd.everSaved().count() >= SAVEPOINTS);

    long mib = savepointd.daemon().residentBytes() >> 20;
    print("daemon's resident memory", mib + " MiB");
    assertThat(mib).as("MiB resident").isLessThan(256);
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s/recovery"
          clusters.main.rest = "%s"
          jobs.recovered {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            schedules.often.cron = "* * * * * ?"
            retention.keep-last = 3
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest());
  }
}
