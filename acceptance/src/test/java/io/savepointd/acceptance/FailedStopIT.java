package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Program;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Programs that Flink can't stop in order: what came of it is kept, and the job stands as is said.
 */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class FailedStopIT {

  private static final int FAILED = 1;

  /** Longer than the watch interval: what the daemon would still do, it does within it. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  private final World world;

  FailedStopIT(World world) {
    this.world = world;
  }

  /** Flink calls it unrecoverable and lets the run fail; so the job is down, as was wanted. */
  @Test
  void aStopThatFailsAfterItsSavepointKeepsItAndTheJobIsStopped() throws IOException {
    Runs runs = runsOf("unending");
    try (Installed savepointd = installed("unending", "FailsAtItsEnd", "")) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();

      String said = savepointd.succeed("stop", "unending").stdout();

      assertThat(runs.all())
          .singleElement()
          .satisfies(each -> assertThat(each.state()).isEqualTo("FAILED"));
      JsonNode left = onlyElement(savepointd.json("list", "--all").path("savepoints"));
      assertThat(left.path("state").asString()).isEqualTo("retained");
      assertThat(left.path("occasion").asString()).isEqualTo("stopping");
      assertThat(left.path("run").asString()).isEqualTo(run);
      assertThat(said).contains("unending: stopped", left.path("path").asString());
      staysSo(savepointd, runs, "stopped", 0);

      savepointd.succeed("start", "unending");
      assertThat(runs.rest().restoredFrom(runs.awaitRunningOtherThan(run)))
          .contains(left.path("path").asString());
    } finally {
      runs.killAll();
    }
  }

  /** Whether the savepoint is complete before the socket is closed is a race within Flink. */
  @Test
  void aStopThatFlinksOwnSocketSourceFailsIsOff() throws IOException {
    Runs runs = runsOf("socket");
    try (LineServer lines = LineServer.start();
        Installed savepointd =
            installed("socket", "SocketLines", "\"localhost\", \"" + lines.port() + "\"")) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();

      failsToStop(savepointd, "socket");

      staysSo(savepointd, runs, "running", 1);
      assertThat(runs.awaitRunning()).isEqualTo(run);
      assertThat(savepointd.everSaved())
          .allMatch(savepoint -> savepoint.path("state").asString().equals("retained"));
      savepointd.succeed("savepoint");
    } finally {
      runs.killAll();
    }
  }

  private static void failsToStop(Installed savepointd, String job) throws IOException {
    CommandResult stop = savepointd.run("stop", job);
    assertThat(stop.exitCode()).as("%s", stop).isEqualTo(FAILED);
    assertThat(stop.stdout()).contains(job + ": failed: the stop was given up", "goes on");
  }

  /** Nobody stops or starts it now, and no second run is there. */
  private static void staysSo(Installed savepointd, Runs runs, String state, int alive) {
    Awaitility.await("the job to stay " + state)
        .during(A_WHILE)
        .atMost(A_WHILE.multipliedBy(5))
        .until(
            () ->
                savepointd.job().path("state").asString().equals(state)
                    && runs.alive().size() == alive);
  }

  private static JsonNode onlyElement(JsonNode array) {
    assertThat(array).hasSize(1);
    return array.path(0);
  }

  private Runs runsOf(String job) throws IOException {
    return new Runs(world.flink(World.FLINK).client(), job);
  }

  private Installed installed(String job, String program, String args) throws IOException {
    Path dir = Folders.world(getClass()).resolve(job);
    return Installed.with(
        world,
        dir,
        """
        savepointd {
          storage.root = "%s/failed-stop/%s"
          clusters.main.rest = "%s"
          jobs.%s {
            jar = "%s"
            args = [%s]
          }
        }
        """
            .formatted(
                world.hdfs().uri(),
                job,
                world.flink(World.FLINK).rest(),
                job,
                Program.jar(program, World.FLINK, dir),
                args));
  }
}
