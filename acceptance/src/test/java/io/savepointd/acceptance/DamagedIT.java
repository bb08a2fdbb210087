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
import java.time.Duration;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is broken is named, and changes nothing. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class DamagedIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  private final World world;

  DamagedIT(World world) {
    this.world = world;
  }

  @Test
  void everyFaultOfTheConfigurationIsShownWithItsLine() throws IOException {
    String broken =
        configuration().replace("jar =", "jarr =").replace("keep-last = 5", "keep-last = five");
    try (Installed savepointd = Installed.with(world, Folders.world(getClass()), broken)) {
      for (String command : List.of("run", "check-config", "status")) {
        CommandResult refused = savepointd.run(command);

        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(2);
        assertThat(refused.stderr())
            .contains("application.conf:5: savepointd.jobs.damaged.jarr", "did you mean 'jar'?")
            .contains("application.conf:7: savepointd.jobs.damaged.retention.keep-last");
      }
    }
  }

  @Test
  void aSavepointThatWasCutIsNotRestoredFrom() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "damaged");
    try (Installed savepointd = Installed.with(world, Folders.world(getClass()), configuration())) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();
      savepointd.succeed("savepoint");
      savepointd.succeed("savepoint");
      List<JsonNode> retained = savepointd.retained().toList();
      String newest = retained.get(0).path("path").asString();
      cut(new Path(newest, "_metadata"));

      runs.kill(run);
      Awaitility.await("the job to be held")
          .atMost(SOON)
          .until(() -> savepointd.job().path("state").asString().equals("held"));

      assertThat(savepointd.job().path("detail").asString())
          .contains(newest, "can't be restored from", "restore-latest damaged --from");
      assertThat(runs.alive()).isEmpty();
      savepointd.succeed("restore-latest", "--from", retained.get(1).path("id").asString());
      assertThat(runs.rest().restoredFrom(runs.awaitRunning()))
          .contains(retained.get(1).path("path").asString());
    } finally {
      runs.killAll();
    }
  }

  private void cut(Path file) throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      byte[] whole;
      try (FSDataInputStream in = hdfs.open(file)) {
        whole = in.readAllBytes();
      }
      try (FSDataOutputStream out = hdfs.create(file, true)) {
        out.write(whole, 0, whole.length / 2);
      }
    }
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s/damaged"
          clusters.main.rest = "%s"
          jobs.damaged {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            retention.keep-last = 5
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest());
  }
}
