package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
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

/** Jobs that another try wouldn't help: they are held, with the reason, until a person speaks. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class HeldIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final World world;

  HeldIT(World world) {
    this.world = world;
  }

  @Test
  void aJobThatOnlyEverDiesIsHeldUntilReleased() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "dying");
    String dying =
        configuration(
            "dying",
            "\"--source\", \"nonsense\"",
            "crash-loop.deaths = 3, restart-backoff { initial = 100ms, max = 200ms }");
    try (Installed savepointd =
        Installed.with(world, Folders.world(getClass()).resolve("dying"), dying)) {
      savepointd.startDaemon();
      awaitHeld(savepointd);
      assertThat(savepointd.job().path("detail").asString())
          .contains("died 3 times", "nonsense", "savepointd release dying");
      int before = savepointd.lineageLog().size();

      savepointd.succeed("release", "dying");

      Awaitility.await("another three tries")
          .atMost(SOON)
          .until(() -> savepointd.lineageLog().size() >= before + 4);
      awaitHeld(savepointd);
      assertThat(runs.alive()).isEmpty();
    }
  }

  @Test
  void aJobThatCannotTakeOverItsStateIsHeldAndNamesTheOperator() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "changed");
    String args = "\"--source\", \"sequence\", \"--rate\", \"100\", \"--sink\", \"discard\"";
    Path dir = Folders.world(getClass()).resolve("changed");
    try {
      String run;
      try (Installed savepointd = Installed.with(world, dir, configuration("changed", args, ""))) {
        savepointd.startDaemon();
        run = runs.awaitRunning();
        savepointd.stopDaemon();
      }
      String other = "\"--source\", \"socket\", \"--port\", \"9\", \"--sink\", \"discard\"";
      try (Installed savepointd =
          Installed.with(world, dir.resolve("later"), configuration("changed", other, ""))) {
        savepointd.startDaemon();
        assertThat(runs.awaitRunning()).isEqualTo(run);
        savepointd.succeed("stop", "changed");

        CommandResult start = savepointd.run("start", "changed");

        assertThat(start.exitCode()).as("%s", start).isEqualTo(1);
        awaitHeld(savepointd);

        assertThat(savepointd.job().path("detail").asString())
            .contains("operator ", "can't take over its state", "savepointd release changed");
        assertThat(runs.alive()).isEmpty();
      }
    } finally {
      runs.killAll();
    }
  }

  private static void awaitHeld(Installed savepointd) {
    Awaitility.await("the job to be held")
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals("held"));
  }

  private String configuration(String job, String args, String more) throws IOException {
    return """
        savepointd {
          storage.root = "%s/held"
          clusters.main.rest = "%s"
          jobs.%s {
            jar = "job/averaging-job.jar"
            args = [%s]
            %s
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), job, args, more);
  }
}
