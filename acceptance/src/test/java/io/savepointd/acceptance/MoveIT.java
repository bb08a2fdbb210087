package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.Sequence;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
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

/** A job moves to a newer Flink, can't go back to the older one, and loses no record on the way. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 180, unit = SECONDS)
class MoveIT {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final int UNREACHABLE = 3;
  private static final int REFUSED = 4;

  /** More than it gets through by its rate; in the end it is let go. */
  private static final Sequence SEQUENCE = new Sequence(30_000, 7);

  private final World world;
  private Installed savepointd;
  private Runs older;
  private Runs newer;
  private String results = "";
  private String run = "";

  MoveIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startDaemon() throws IOException {
    results = world.hdfs().uri() + "/results/moved";
    older = new Runs(world.flink(World.OLD_FLINK).client(), "moved");
    newer = new Runs(world.flink(World.FLINK).client(), "moved");
    savepointd = Installed.with(world, Folders.world(getClass()), configuration("old", 100));
    savepointd.startDaemon();
    run = older.awaitRunning();
  }

  private String configuration(String cluster, int rate) throws IOException {
    return """
    savepointd {
      storage.root = "%s/move"
      clusters.old.rest = "%s"
      clusters.new.rest = "%s"
      clusters.nowhere.rest = "http://127.0.0.1:1"
      jobs.moved {
        jar = "job/averaging-job.jar"
        cluster = %s
        args = %s
        restart = on-failure
        timeouts.upgrade = 30s
        flink-configuration {
          execution.checkpointing.interval = 1s
          restart-strategy.type = none
        }
        retention.keep-last = 5
      }
    }
    """
        .formatted(
            world.hdfs().uri(),
            world.flink(World.OLD_FLINK).rest(),
            world.flink(World.FLINK).rest(),
            cluster,
            SEQUENCE.hocon(results, rate));
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    older.killAll();
    newer.killAll();
  }

  @Test
  @Order(1)
  void saysBeforehandWhatItWouldDoAndWhereItCannotGo() throws IOException {
    assertThat(savepointd.succeed("move", "moved", "--to", "new", "--dry-run").stdout())
        .contains("would stop run " + run + " on cluster old", "on cluster new")
        .contains("Flink " + World.OLD_FLINK + " -> " + World.FLINK);
    assertThat(savepointd.succeed("move", "moved", "--to", "old").stdout())
        .contains("nothing to do");
    assertThat(savepointd.run("move", "moved", "--to", "elsewhere"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(USAGE))
        .satisfies(result -> assertThat(result.stderr()).contains("there are [new, nowhere, old]"));
    assertThat(savepointd.run("move", "moved", "--to", "nowhere"))
        .satisfies(result -> assertThat(result.exitCode()).isEqualTo(UNREACHABLE))
        .satisfies(result -> assertThat(result.stdout()).contains("nothing was stopped"));
    assertThat(older.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(2)
  void goesOnOnTheNewerFlinkFromTheSavepointOfItsStop() throws IOException {
    String before = run;

    assertThat(savepointd.succeed("move", "moved", "--to", "new").stdout())
        .contains("on cluster new", "put `cluster = new` into its configuration");

    assertThat(older.alive()).isEmpty();
    run = newer.awaitRunning();
    assertThat(newer.rest().restoredFrom(run)).contains(leftByTheStop(before));
    assertThat(savepointd.job().path("cluster").asString()).isEqualTo("new");
    assertThat(savepointd.job().path("detail").asString())
        .contains("is on cluster new", "the configuration says old");
    assertThat(savepointd.succeed("lineage").stdout())
        .contains("run " + run + " on cluster new", "run " + before + " on cluster old")
        .contains("from run " + before);
    assertThat(savepointd.lineageLog())
        .anyMatch(line -> line.contains("run " + before + " is to be moved: cluster old -> new"));
  }

  @Test
  @Order(3)
  void refusesTheOlderFlinkAndComesBackFromItWhereThatIsSaid() throws IOException {
    String before = run;
    CommandResult refused = savepointd.run("move", "moved", "--to", "old");
    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(REFUSED);
    assertThat(refused.stdout())
        .contains("runs Flink " + World.OLD_FLINK + ", older than the " + World.FLINK)
        .contains("can't read the savepoint", "nothing was stopped", "--allow-older-flink");
    assertThat(newer.awaitRunning()).isEqualTo(before);

    CommandResult failed = savepointd.run("move", "moved", "--to", "old", "--allow-older-flink");

    assertThat(failed.exitCode()).as("%s", failed).isEqualTo(FAILED);
    assertThat(failed.stdout()).contains("undone", "on cluster new, where it was before");
    assertThat(older.alive()).isEmpty();
    run = newer.awaitRunningOtherThan(before);
    assertThat(newer.rest().restoredFrom(run)).contains(leftByTheStop(before));
    assertThat(savepointd.lineageLog())
        .anyMatch(line -> line.contains("the move is given up: "))
        .anyMatch(line -> line.contains("not applied: "));
  }

  @Test
  @Order(4)
  void aDaemonAndARunThatDieAfterTheMoveComeBackWhereItWent() throws IOException {
    savepointd.succeed("savepoint");
    savepointd.daemon().kill();
    newer.kill(run);
    savepointd.startDaemon();

    run = newer.awaitRunningOtherThan(run);
    assertThat(newer.rest().restoredFrom(run)).isPresent();
    assertThat(older.alive()).isEmpty();
    assertThat(savepointd.run("upgrade", "moved").exitCode()).isEqualTo(REFUSED);
  }

  @Test
  @Order(5)
  void everyRecordHasCountedOnce() throws IOException {
    savepointd.configure(configuration("new", 0));
    savepointd.succeed("reload");
    savepointd.succeed("upgrade", "moved");
    Awaitility.await("the last run to finish")
        .atMost(Duration.ofSeconds(60))
        .until(() -> savepointd.job().path("state").asString().equals("ended"));
    assertThat(newer.alive()).isEmpty();
    assertThat(Sequence.results(world.hdfs(), results)).isEqualTo(SEQUENCE.averages());
  }

  private String leftByTheStop(String of) throws IOException {
    for (JsonNode savepoint : savepointd.json("list", "--all").path("savepoints")) {
      if (savepoint.path("run").asString("").equals(of)
          && savepoint.path("occasion").asString().equals("stopping")) {
        return savepoint.path("path").asString();
      }
    }
    throw new AssertionError("no savepoint of the stop of run " + of);
  }
}
