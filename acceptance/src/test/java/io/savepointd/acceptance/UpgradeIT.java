package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Program;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A job is upgraded and rescaled, and goes back where the new version is no good. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 180, unit = SECONDS)
class UpgradeIT {
  private static final int FAILED = 1;
  private static final int REFUSED = 4;

  private final World world;
  private Path dir;
  private Path jar;
  private Installed savepointd;
  private Runs runs;
  private String run = "";
  private String firstJar = "";

  UpgradeIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startDaemon() throws IOException {
    dir = Folders.world(getClass());
    jar = Program.jar("Counts", World.FLINK, dir);
    runs = new Runs(world.flink(World.FLINK).client(), "upgraded");
    savepointd = Installed.with(world, dir, configuration("\"count\"", 1));
    savepointd.startDaemon();
    run = runs.awaitRunning();
    firstJar = launch().path("jarDigest").asString();
  }

  private String configuration(String args, int parallelism) throws IOException {
    return """
    savepointd {
      storage.root = "%s/upgrade"
      clusters.main.rest = "%s"
      jobs.upgraded {
        jar = "%s"
        args = [%s]
        parallelism = %d
        timeouts.upgrade = 30s
        flink-configuration {
          execution.checkpointing.interval = 1s
          restart-strategy.type = none
        }
        retention.keep-last = 3
      }
    }
    """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), jar, args, parallelism);
  }

  private void edited(String args, int parallelism) throws IOException {
    savepointd.configure(configuration(args, parallelism));
    savepointd.succeed("reload");
  }

  /** What the newest run was started with, as the ledger tells it. */
  private JsonNode launch() throws IOException {
    return savepointd.json("lineage").path("runs").path(0).path("launch");
  }

  private String nextRun() {
    run = runs.awaitRunningOtherThan(run);
    return run;
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  @Test
  @Order(1)
  void rescalesAndAddsAnOperatorFromTheSavepointOfItsStop() throws IOException {
    String before = run;
    edited("\"count\", \"more\"", 2);
    assertThat(savepointd.job().path("detail").asString())
        .contains("args", "parallelism 1 -> 2", "`savepointd upgrade upgraded` applies it");
    assertThat(savepointd.succeed("upgrade", "upgraded", "--dry-run").stdout())
        .contains("would stop run " + before, "parallelism 1 -> 2");
    assertThat(runs.awaitRunning()).isEqualTo(before);

    assertThat(savepointd.succeed("upgrade", "upgraded").stdout()).contains("parallelism 1 -> 2");

    assertThat(runs.rest().restoredFrom(nextRun())).contains(leftByTheStop(before));
    assertThat(launch().path("parallelism").asInt()).isEqualTo(2);
    assertThat(launch().path("args").path(1).asString()).isEqualTo("more");
    JsonNode stopped = savepointOf(before);
    assertThat(stopped.path("launch").path("parallelism").asInt()).isEqualTo(1);
    assertThat(stopped.path("launch").path("jarDigest").asString()).isEqualTo(firstJar);
    assertThat(savepointd.succeed("upgrade", "upgraded").stdout()).contains("nothing to change");
  }

  @Test
  @Order(2)
  void goesBackToTheVeryJarThatWasRunningThoughItsFileIsGone() throws IOException {
    String before = run;
    overwriteJar();
    edited("\"count\", \"more\", \"dies\"", 2);

    CommandResult failed = savepointd.run("upgrade", "upgraded");

    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(FAILED);
    assertThat(failed.stdout()).contains("this version dies of its first record", "undone");
    assertThat(runs.rest().restoredFrom(nextRun())).contains(leftByTheStop(before));
    assertThat(launch().path("jarDigest").asString()).isEqualTo(firstJar);
    assertThat(launch().path("args").path(1).asString()).isEqualTo("more");
    assertThat(savepointd.job().path("detail").asString())
        .contains("came to nothing", "this version dies");
    assertThat(savepointd.lineageLog()).anyMatch(line -> line.contains("not applied: "));
  }

  @Test
  @Order(3)
  void goesBackWhenTheProgramRefusesToRunAndWhenItHasNoPlaceForTheState() throws IOException {
    for (String args : new String[] {"\"count\", \"refuses\"", "\"renamed\""}) {
      String before = run;
      edited(args, 2);

      CommandResult failed = savepointd.run("upgrade", "upgraded");

      assertThat(failed.exitCode()).as("%s", failed).isEqualTo(FAILED);
      assertThat(failed.stdout()).contains("undone");
      assertThat(runs.rest().restoredFrom(nextRun())).contains(leftByTheStop(before));
      assertThat(launch().path("jarDigest").asString()).isEqualTo(firstJar);
    }
  }

  @Test
  @Order(4)
  void aDeathBringsBackWhatWasRunningAndNotTheHalfEditedConfiguration() throws IOException {
    savepointd.succeed("savepoint");
    runs.kill(run);
    nextRun();

    assertThat(launch().path("jarDigest").asString()).isEqualTo(firstJar);
    assertThat(launch().path("args").path(1).asString()).isEqualTo("more");
  }

  @Test
  @Order(5)
  void dropsStateWhereThatIsSaidAndGoesOnWithTheNewJar() throws IOException {
    savepointd.succeed("upgrade", "upgraded", "--allow-non-restored-state");
    nextRun();

    assertThat(launch().path("jarDigest").asString()).isNotEqualTo(firstJar);
    assertThat(savepointd.json("lineage").path("runs").path(0).path("stateDropAllowed").asBoolean())
        .isTrue();
    savepointd.succeed("savepoint");
    runs.kill(run);
    nextRun();
    assertThat(savepointd.json("lineage").path("runs").path(0).path("stateDropAllowed").asBoolean())
        .isFalse();
  }

  @Test
  @Order(6)
  void doesTheSameWithoutADaemonAndRefusesWhatIsStopped() throws IOException {
    savepointd.stopDaemon();
    savepointd.configure(configuration("\"renamed\", \"more\"", 1));

    savepointd.succeed("upgrade", "upgraded");
    nextRun();
    assertThat(launch().path("parallelism").asInt()).isEqualTo(1);

    savepointd.succeed("stop", "upgraded");
    assertThat(savepointd.run("upgrade", "upgraded").exitCode()).isEqualTo(REFUSED);
  }

  /** Somebody puts another file in the place of the jar that runs: the same program, made later. */
  private void overwriteJar() throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    bytes[10] ^= 1; // the time of its first entry's last change
    Files.write(jar, bytes);
  }

  private String leftByTheStop(String of) throws IOException {
    return savepointOf(of).path("path").asString();
  }

  private JsonNode savepointOf(String of) throws IOException {
    for (JsonNode savepoint : savepointd.json("list", "--all").path("savepoints")) {
      if (savepoint.path("run").asString("").equals(of)
          && savepoint.path("occasion").asString().equals("stopping")) {
        return savepoint;
      }
    }
    throw new AssertionError("no savepoint of the stop of run " + of);
  }
}
