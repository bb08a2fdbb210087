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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What `savepointd doctor` says of real servers, and that it leaves no trace on them. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class DoctorIT {
  private static final String JAR = "job/averaging-job.jar";

  private final World world;

  DoctorIT(World world) {
    this.world = world;
  }

  @Test
  void findsNothingWrongBesideARunningDaemonAndDisturbsNothing() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "doctor");
    try (Installed savepointd = installed(configuration("doctor", rest(), JAR))) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();
      savepointd.succeed("savepoint");
      List<String> before = namesUnder("/doctor");

      CommandResult good = savepointd.run("doctor");

      assertThat(good.exitCode()).as("%s", good).isZero();
      assertThat(good.stderr()).isEmpty();
      assertThat(good.stdout().lines().filter(line -> line.matches("(warn|FAIL|skip) .*")))
          .as("one DataNode is all that this world has")
          .singleElement()
          .asString()
          .startsWith("warn  storage copies");
      assertThat(good.stdout())
          .contains("a second writer is refused", "active, version", "RUNNING, ", "Flink 2.3.0")
          .contains("clock of main")
          .containsPattern("\\d+ ok, 1 warning, 0 failed\n$");
      assertThat(namesUnder("/doctor")).isEqualTo(before);
      assertThat(savepointd.status().path("daemon").asString()).isEqualTo("active");
      assertThat(savepointd.job().path("run").asString()).isEqualTo(run);
      assertThat(savepointd.log()).noneMatch(line -> line.contains("event=ledger.lost"));
    } finally {
      runs.killAll();
    }
  }

  /** The superuser's own root, looked at by somebody else. */
  @Test
  void saysThatTheRootIsSomebodyElses() throws IOException {
    try (FileSystem hdfs = world.hdfs().open()) {
      hdfs.mkdirs(new Path("/doctor-closed"), new FsPermission((short) 0755));
    }
    try (Installed savepointd =
        installed(configuration("doctor-closed", rest(), JAR)).as("somebody")) {
      Map<String, JsonNode> lines = failing(savepointd);

      assertThat(lines.get("storage write").path("found").asString())
          .startsWith("permission denied for user somebody: WRITE on /doctor-closed (drwxr-xr-x");
      assertThat(lines.get("storage write").path("remedy").asString())
          .contains("hdfs dfs -chown -R somebody " + world.hdfs().uri() + "/doctor-closed");
      assertThat(result(lines, "storage lease")).isEqualTo("skip");
      assertThat(result(lines, "storage reach")).isEqualTo("ok");
      assertThat(result(lines, "cluster main")).isEqualTo("ok");
      assertThat(namesUnder("/doctor-closed")).isEmpty();
    }
  }

  @Test
  void saysThatHdfsIsInSafeMode() throws IOException {
    try (FileSystem hdfs = world.hdfs().open();
        Installed savepointd = installed(configuration("doctor-safe", rest(), JAR))) {
      DistributedFileSystem server = (DistributedFileSystem) hdfs;
      server.setSafeMode(SafeModeAction.ENTER);
      try {
        Map<String, JsonNode> lines = failing(savepointd);

        assertThat(result(lines, "storage safe mode")).isEqualTo("FAIL");
        assertThat(lines.get("storage write").path("found").asString())
            .isEqualTo("needs storage safe mode, which failed");
        assertThat(result(lines, "ledger")).isEqualTo("ok");
      } finally {
        server.setSafeMode(SafeModeAction.LEAVE);
      }
    }
  }

  @Test
  void goesOnWhereNothingAnswers() throws IOException {
    int closed = closedPort();
    String nowhere =
        configuration("doctor", "http://127.0.0.1:" + closed, JAR)
            .replace(world.hdfs().uri().toString(), "hdfs://127.0.0.1:" + closed);
    try (Installed savepointd = installed(nowhere)) {
      Map<String, JsonNode> lines = failing(savepointd);

      assertThat(result(lines, "storage reach")).isEqualTo("FAIL");
      assertThat(lines.get("storage reach").path("remedy").asString()).contains("NameNode");
      assertThat(result(lines, "cluster main")).isEqualTo("FAIL");
      assertThat(lines.get("cluster main").path("remedy").asString())
          .contains("curl http://127.0.0.1:" + closed + "/overview");
      assertThat(result(lines, "job doctor jar")).isEqualTo("ok");
    }
  }

  @Test
  void looksAtJavaAloneWhereTheJarIsMissing() throws IOException {
    try (Installed savepointd = installed(configuration("doctor", rest(), "job/none.jar"))) {
      CommandResult refused = savepointd.run("doctor");

      assertThat(refused.exitCode()).as("%s", refused).isEqualTo(2);
      assertThat(refused.stdout())
          .contains("FAIL  configuration", "job/none.jar", "check-config")
          .endsWith("2 ok, 0 warnings, 1 failed\n");
    }
  }

  private Map<String, JsonNode> failing(Installed savepointd) throws IOException {
    CommandResult failed = savepointd.run("doctor", "--json");
    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(1);
    JsonNode checks = JsonMapper.shared().readTree(failed.stdout()).path("checks");
    return StreamSupport.stream(checks.spliterator(), false)
        .collect(Collectors.toMap(line -> line.path("check").asString(), line -> line));
  }

  private static String result(Map<String, JsonNode> lines, String check) {
    return lines.get(check).path("result").asString();
  }

  private List<String> namesUnder(String root) throws IOException {
    List<String> names = new ArrayList<>();
    try (FileSystem hdfs = world.hdfs().open()) {
      collect(hdfs, new Path(root), names);
    }
    return names;
  }

  private static void collect(FileSystem hdfs, Path directory, List<String> names)
      throws IOException {
    for (FileStatus status : hdfs.listStatus(directory)) {
      names.add(status.getPath().toString());
      if (status.isDirectory()) {
        collect(hdfs, status.getPath(), names);
      }
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String rest() throws IOException {
    return world.flink(World.FLINK).rest().toString();
  }

  private Installed installed(String hocon) throws IOException {
    return Installed.with(
        world, Files.createTempDirectory(Folders.world(getClass()), "each"), hocon);
  }

  private String configuration(String root, String rest, String jar) {
    return """
        savepointd {
          storage.root = "%s/%s"
          clusters.main.rest = "%s"
          jobs.doctor {
            jar = "%s"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            schedules.rare.cron = "0 0 0 1 1 ?"
          }
        }
        """
        .formatted(world.hdfs().uri(), root, rest, jar);
  }
}
