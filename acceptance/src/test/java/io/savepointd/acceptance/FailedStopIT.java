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
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A program that Flink can't stop, though the savepoint of the stop succeeds: nothing of it is
 * lost.
 */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class FailedStopIT {

  private static final int FAILED = 1;

  /** Longer than the watch interval: what the daemon would still do, it does within it. */
  private static final Duration A_WHILE = Duration.ofSeconds(4);

  private final World world;
  private final Runs runs;
  private final Path dir;

  FailedStopIT(World world) throws IOException {
    this.world = world;
    this.runs = new Runs(world.flink(World.FLINK).client(), "unstoppable");
    this.dir = Folders.world(getClass());
  }

  @Test
  void aStopThatFailsKeepsItsSavepointAndTheJobGoesOn() throws IOException {
    try (LineServer lines = LineServer.start();
        Installed savepointd = Installed.with(world, dir, configuration(lines))) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();

      CommandResult stop = savepointd.run("stop", "unstoppable");

      assertThat(stop.exitCode()).as("%s", stop).isEqualTo(FAILED);
      assertThat(stop.stdout()).contains("unstoppable: failed: the stop was given up", "goes on");
      assertThat(savepointd.log())
          .anyMatch(line -> line.contains("event=stop.failed") && line.contains(run));
      JsonNode left = onlySavepoint(savepointd);
      assertThat(left.path("state").asString()).isEqualTo("retained");
      assertThat(left.path("occasion").asString()).isEqualTo("stopping");
      assertThat(left.path("run").asString()).isEqualTo(run);
      goesOn(savepointd);

      String next = runs.awaitRunning();
      runs.kill(next);
      assertThat(runs.rest().restoredFrom(runs.awaitRunningOtherThan(next)))
          .contains(left.path("path").asString());
    } finally {
      runs.killAll();
    }
  }

  /** By Flink's own doing the same run; nobody stops it, and no second one is started. */
  private void goesOn(Installed savepointd) {
    runs.awaitRunning();
    Awaitility.await("the job to go on")
        .during(A_WHILE)
        .atMost(A_WHILE.multipliedBy(5))
        .until(
            () ->
                savepointd.job().path("state").asString().equals("running")
                    && runs.alive().size() == 1);
  }

  private static JsonNode onlySavepoint(Installed savepointd) throws IOException {
    List<JsonNode> listed = savepointd.everSaved().toList();
    assertThat(listed).hasSize(1);
    return listed.get(0);
  }

  private String configuration(LineServer lines) throws IOException {
    return """
        savepointd {
          storage.root = "%s/failed-stop"
          clusters.main.rest = "%s"
          jobs.unstoppable {
            jar = "%s"
            args = ["localhost", "%d"]
            # Without checkpoints Flink would not restart the run by itself.
            flink-configuration { "execution.checkpointing.interval" = "1 s" }
          }
        }
        """
        .formatted(
            world.hdfs().uri(),
            world.flink(World.FLINK).rest(),
            Program.jar("SocketLines", World.FLINK, dir),
            lines.port());
  }
}
