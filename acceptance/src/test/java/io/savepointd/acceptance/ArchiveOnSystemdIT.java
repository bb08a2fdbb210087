package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.InBox;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.SystemdBox;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The archive and its {@code install.sh} on a machine with a real systemd. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 180, unit = SECONDS)
class ArchiveOnSystemdIT {

  private static final String UNIT = "savepointd.service";

  private final World world;
  private SystemdBox box;

  ArchiveOnSystemdIT(World world) {
    this.world = world;
  }

  /** Not in the test's time: it may have to wait until another's is shut down. */
  @BeforeEach
  void boot() throws IOException {
    Map<Path, String> shown =
        Map.of(
            Folders.archive().getParent(), "/packages",
            world.hdfs().confDir(), "/etc/hadoop/conf");
    box = SystemdBox.boot(getClass(), shown);
  }

  @AfterEach
  void shutDown() throws IOException {
    if (box != null) {
      box.close();
    }
  }

  @Test
  void isInstalledRunsIsInstalledOverItselfAndIsTakenAway() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "archived");
    try (LineServer lines = LineServer.start()) {
      box.succeed("tar", "-xzf", "/packages/" + Folders.archive().getFileName(), "-C", "/opt");
      String installer = box.succeed("find", "/opt", "-name", "install.sh").strip();

      box.succeed(installer);

      assertThat(box.property(UNIT, "ActiveState")).isEqualTo("inactive");
      assertThat(box.succeed("systemctl", "is-enabled", UNIT).strip()).isEqualTo("enabled");
      String configuration = configuration(lines.port());
      InBox installed = new InBox(box, UNIT);
      installed.configure(configuration);
      installed.knowHdfs();
      box.succeed("systemctl", "start", UNIT);
      String run = runs.awaitRunning();
      installed.awaitStatusText("1 job running");
      box.succeed("savepointd", "savepoint");
      String before = box.property(UNIT, "MainPID");

      box.succeed(installer);

      assertThat(box.property(UNIT, "ActiveState")).isEqualTo("active");
      assertThat(box.property(UNIT, "MainPID")).isNotEqualTo(before);
      assertThat(Files.readString(box.file(InBox.CONFIGURATION))).isEqualTo(configuration);
      assertThat(runs.awaitRunning()).isEqualTo(run);
      assertThat(installed.savepoints()).hasSize(1);

      box.succeed(installer, "--uninstall");

      assertThat(box.run("systemctl", "is-active", UNIT).stdout().strip()).isEqualTo("inactive");
      assertThat(box.file("/usr/bin/savepointd")).doesNotExist();
      assertThat(box.file("/usr/share/savepointd")).doesNotExist();
      assertThat(Files.readString(box.file(InBox.CONFIGURATION))).isEqualTo(configuration);
      assertThat(box.file("/var/log/savepointd/lineage.log")).exists();
      assertThat(runs.awaitRunning()).isEqualTo(run);
    } finally {
      runs.killAll();
    }
  }

  private String configuration(int port) throws IOException {
    return """
        savepointd {
          storage.root = "%s/archived"
          clusters.main.rest = "%s"
          jobs.archived {
            jar = "job/averaging-job.jar"
            args = ["--host", "127.0.0.1", "--port", "%d"]
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), port);
  }
}
