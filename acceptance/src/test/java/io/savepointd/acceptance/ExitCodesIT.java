package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What scripts rely on when nothing works: the code says whose turn it is. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = SECONDS)
class ExitCodesIT {

  private static final int USAGE = 2;
  private static final int UNREACHABLE = 3;

  private final World world;
  private final Path dir;
  private int closedPort;

  ExitCodesIT(World world) throws IOException {
    this.world = world;
    this.dir = Folders.world(getClass());
  }

  @BeforeAll
  void findAPortWhereNobodyListens() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
  }

  @Test
  void noClusterIsReachable() throws IOException {
    try (Installed savepointd =
        installed(world.hdfs().uri() + "/exit-codes", "http://127.0.0.1:" + closedPort)) {
      assertUnreachable(savepointd.run("savepoint"));
      assertUnreachable(savepointd.run("restore-latest"));
      // What the ledger knows needs no cluster, and `status` is there to say that it is down.
      savepointd.succeed("list");
      assertThat(savepointd.json("status").path("jobs").path(0).path("state").asString())
          .isEqualTo("unreachable");
    }
  }

  @Test
  void noStorageIsReachable() throws IOException {
    try (Installed savepointd =
        installed(
            "hdfs://127.0.0.1:" + closedPort + "/savepoints",
            world.flink(World.FLINK).rest().toString())) {
      assertUnreachable(savepointd.run("list"));
    }
  }

  private static void assertUnreachable(CommandResult result) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(UNREACHABLE);
    assertThat(result.stdout() + result.stderr()).as("%s", result).contains("127.0.0.1");
  }

  @Test
  void theCommandItselfIsWrong() throws IOException {
    try (Installed savepointd =
        installed(world.hdfs().uri() + "/exit-codes", "http://127.0.0.1:" + closedPort)) {
      assertUsage(savepointd.run("list", "--everything"), "--everything");
      assertUsage(savepointd.run("savepoints"), "savepoints");
      assertUsage(savepointd.run("start", "--empty"), "JOB");
      assertUsage(savepointd.run("stop"), "JOB");
      assertUsage(savepointd.run("savepoint", "letters"), "letters", "numbers");
      assertUsage(savepointd.run("list", "--config", "nowhere.conf"), "nowhere.conf");
    }
  }

  private static void assertUsage(CommandResult result, String... named) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(USAGE);
    assertThat(result.stdout() + result.stderr()).contains(named);
  }

  @Test
  void theVersionAndTheHelpNeedNothing() throws IOException {
    try (Installed savepointd = installed("no address at all", "nor here")) {
      assertThat(savepointd.succeed("--version").stdout()).matches("savepointd \\d+\\.\\d+.*\\s*");
      assertThat(savepointd.succeed("--help").stdout()).contains("restore-latest", "Exit codes");
    }
  }

  private Installed installed(String root, String rest) throws IOException {
    return Installed.with(
        world,
        dir,
        """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.numbers {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
          }
        }
        """
            .formatted(root, rest));
  }
}
