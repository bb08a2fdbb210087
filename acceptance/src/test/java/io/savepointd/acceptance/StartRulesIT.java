package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Distribution;
import io.savepointd.acceptance.world.FlinkRest;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.ManagedProcess;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a daemon makes of what it finds at its first start. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class StartRulesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> NUMBERS =
      List.of("--source", "sequence", "--rate", "100", "--sink", "discard");

  private final World world;
  private final Path dir;
  private final Runs runs;

  StartRulesIT(World world) throws IOException {
    this.world = world;
    this.dir = Folders.world(getClass());
    this.runs = new Runs(world.flink(World.FLINK).client(), "averaging");
  }

  @AfterEach
  void freeTheSlots() throws IOException {
    runs.killAll();
  }

  @Test
  void aRunThatIsThereUnderTheJobsNameIsAdopted() throws IOException {
    FlinkRest rest = world.flink(World.FLINK).client();
    String byHand =
        rest.run(rest.upload(Folders.averagingJob()), Map.of("programArgsList", NUMBERS));
    runs.awaitRunning();
    int before = runs.all().size();
    try (Installed savepointd = installed(World.FLINK, root("adopted"))) {
      savepointd.startDaemon();
      awaitState(savepointd, "running");

      assertThat(savepointd.job().path("run").asString()).isEqualTo(byHand);
      savepointd.succeed("savepoint", "averaging");
      assertThat(savepointd.succeed("lineage").stdout()).contains(byHand, "adopted");
      assertThat(runs.all()).hasSize(before);
      runs.kill(byHand);
      String next = runs.awaitRunningOtherThan(byHand);
      assertThat(rest.restoredFrom(next))
          .contains(savepointd.retained().findFirst().orElseThrow().path("path").asString());
    }
  }

  @Test
  void aJobThatHasRunBeforeIsNotStartedEmpty() throws IOException {
    try (Installed savepointd = installed(World.FLINK, root("held"))) {
      savepointd.startDaemon();
      String first = runs.awaitRunning();
      runs.kill(first);
      awaitState(savepointd, "held");

      JsonNode job = savepointd.json("status").path("jobs").path(0);
      assertThat(job.path("detail").asString()).contains("savepointd start averaging --empty");
      assertThat(job.path("newestSavepoint").isNull()).isTrue();
      assertThat(runs.alive()).isEmpty();
      assertThat(savepointd.run("restore-latest").exitCode()).isEqualTo(4);

      savepointd.succeed("start", "averaging", "--empty");
      assertThat(runs.rest().restoredFrom(runs.awaitRunningOtherThan(first))).isEmpty();
    }
  }

  @Test
  void withoutARootTheClustersOwnSavepointDirectoryIsTaken() throws IOException {
    try (Installed savepointd = installed(World.FLINK, "")) {
      savepointd.startDaemon();
      runs.awaitRunning();
      savepointd.succeed("savepoint");

      assertThat(savepointd.status().path("storageRoot").asString())
          .isEqualTo(world.clusterSavepoints());
      assertThat(savepointd.retained().findFirst().orElseThrow().path("path").asString())
          .startsWith(world.clusterSavepoints() + "/averaging/");
    }
  }

  @Test
  void withoutARootAnywhereNothingIsDone() throws IOException {
    try (Installed savepointd = installed(World.OLD_FLINK, "")) {
      for (String command : List.of("run", "savepoint")) {
        CommandResult refused = savepointd.run(command);
        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(2);
        assertThat(refused.stderr())
            .contains("application.conf", "savepointd.storage.root", "state.savepoints.dir");
      }
      assertThat(world.flink(World.OLD_FLINK).client().runs())
          .noneMatch(run -> run.name().equals("averaging") && run.state().equals("RUNNING"));
    }
  }

  @Test
  void theShortestConfigurationWorksAsItStands() throws IOException {
    try (LineServer lines = LineServer.start()) {
      Distribution distribution =
          Distribution.built(dir)
              .with("SAVEPOINTD_LOG_DIR", dir.resolve("shortest").toString())
              .withConfig("shortest.conf", shortest(lines));
      try (ManagedProcess daemon = distribution.start("shortest", "run")) {
        runs.awaitRunning();
        CommandResult saved = distribution.run(SOON, "savepoint", "averaging");
        assertThat(saved.exitCode()).as("%s", saved).isZero();
        assertThat(distribution.run(SOON, "status").stdout())
            .contains("daemon active")
            .containsPattern("averaging +running");
        assertThat(daemon.terminate(SOON)).isEqualTo(143);
      }
    }
  }

  /** Only the addresses differ from the documented one. */
  private String shortest(LineServer lines) throws IOException {
    return """
        savepointd {
          storage.root = "%s/flink-savepoints"
          clusters.main.rest = "%s"
          jobs.averaging {
            cluster = main
            jar = "job/averaging-job.jar"
            args = ["--host", "localhost", "--port", "%d"]
            schedules.frequent.cron = "0/30 * * * * ?"
            retention.keep-last = 5
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), lines.port());
  }

  private void awaitState(Installed savepointd, String state) {
    Awaitility.await("the job to be " + state)
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals(state));
  }

  private String root(String name) {
    return "storage.root = \"" + world.hdfs().uri() + "/" + name + "\"";
  }

  private Installed installed(String flink, String root) throws IOException {
    return Installed.with(
        world,
        dir,
        """
        savepointd {
          %s
          clusters.main.rest = "%s"
          jobs.averaging {
            jar = "job/averaging-job.jar"
            args = ["%s"]
          }
        }
        """
            .formatted(root, world.flink(flink).rest(), String.join("\", \"", NUMBERS)));
  }
}
