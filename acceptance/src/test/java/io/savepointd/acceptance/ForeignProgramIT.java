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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A program that nobody here wrote: Flink's own example of windows, as Maven Central has it. It
 * names its run itself, makes no checkpoints, and has never heard of savepointd.
 */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class ForeignProgramIT {

  private static final String RUN_NAME = "CarTopSpeedWindowingExample";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final World world;

  ForeignProgramIT(World world) {
    this.world = world;
  }

  @Test
  void fiveLinesKeepTopSpeedWindowing() throws IOException {
    String fiveLines = configuration();
    assertThat(fiveLines.lines()).hasSize(5);
    Runs runs = new Runs(world.flink(World.FLINK).client(), RUN_NAME);
    try (Installed savepointd = Installed.asWritten(world, Folders.world(getClass()), fiveLines)) {
      savepointd.startDaemon();
      String first = runs.awaitRunning();
      Awaitility.await("a savepoint by the cron")
          .atMost(SOON)
          .until(() -> savepointd.retained().findAny().isPresent());
      String id = savepointd.retained().findFirst().orElseThrow().path("id").asString();
      assertThat(savepointd.succeed("verify", id).stdout()).contains("good");

      runs.kill(first);
      String second = runs.awaitRunningOtherThan(first);

      assertThat(runs.rest().restoredFrom(second)).hasValue(newestOf(savepointd, first));
      assertThat(savepointd.succeed("stop", "cars").stdout()).contains("cars: stopped");
      assertThat(runs.alive()).isEmpty();
      JsonNode last = savepointd.everSaved().findFirst().orElseThrow();
      assertThat(last.path("occasion").asString()).isEqualTo("stopping");
      assertThat(last.path("state").asString()).isEqualTo("retained");
      assertThat(last.path("run").asString()).isEqualTo(second);
    } finally {
      runs.killAll();
    }
  }

  private static String newestOf(Installed savepointd, String run) throws IOException {
    return savepointd
        .everSaved()
        .filter(s -> s.path("run").asString().equals(run))
        .findFirst()
        .orElseThrow()
        .path("path")
        .asString();
  }

  private String configuration() throws IOException {
    return """
        savepointd.storage.root = "%s/cars"
        savepointd.clusters.main.rest = "%s"
        savepointd.jobs.cars.jar = "%s"
        savepointd.jobs.cars.run-name = %s
        savepointd.jobs.cars.schedules.often.cron = "0/2 * * * * ?"
        """
        .formatted(
            world.hdfs().uri(),
            world.flink(World.FLINK).rest(),
            Folders.foreignProgram(),
            RUN_NAME);
  }
}
