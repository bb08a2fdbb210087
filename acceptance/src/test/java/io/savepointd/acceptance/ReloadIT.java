package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.ManagedProcess;
import io.savepointd.acceptance.world.Runs;
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

/** The configuration is edited while the daemon keeps a job; its run must not notice. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 120, unit = SECONDS)
class ReloadIT {
  private static final int USAGE = 2;
  private static final int UNREACHABLE = 3;
  private static final int REFUSED = 4;
  private static final String NEVER = "0 0 0 1 1 ? 2098";
  private static final String EVERY_SECOND = "* * * * * ?";

  private final World world;
  private Installed savepointd;
  private ManagedProcess daemon;
  private Runs runs;
  private String run = "";

  ReloadIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startDaemon() throws IOException {
    runs = new Runs(world.flink(World.FLINK).client(), "reloaded");
    savepointd = Installed.with(world, Folders.world(getClass()), configuration(NEVER, ""));
    daemon = savepointd.startDaemon();
    run = runs.awaitRunning();
  }

  private String configuration(String cron, String more) throws IOException {
    return """
        savepointd {
          storage.root = "%s/reload"
          clusters.main.rest = "%s"
          jobs.reloaded {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            schedules.often.cron = "%s"
            retention.keep-last = 2
          }
          %s
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), cron, more);
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    runs.killAll();
  }

  private void thenTheRunIsTheSame() throws IOException {
    assertThat(runs.all()).singleElement().satisfies(r -> assertThat(r.id()).isEqualTo(run));
    assertThat(savepointd.job().path("run").asString()).isEqualTo(run);
  }

  private void awaitLog(String text) {
    Awaitility.await("the log to say " + text)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> savepointd.log().stream().anyMatch(line -> line.contains(text)));
  }

  @Test
  @Order(1)
  void anEditedScheduleTakesEffectByCommand() throws IOException {
    assertThat(savepointd.succeed("reload").stdout().strip()).isEqualTo("nothing has changed");
    savepointd.configure(configuration(EVERY_SECOND, ""));

    assertThat(savepointd.succeed("reload").stdout().strip())
        .isEqualTo("job reloaded: schedules.often.cron " + NEVER + " -> " + EVERY_SECOND);

    Awaitility.await("a savepoint of the new schedule")
        .atMost(Duration.ofSeconds(30))
        .until(() -> savepointd.retained().findAny().isPresent());
    thenTheRunIsTheSame();
  }

  @Test
  @Order(2)
  void aSignalReloadsToo() throws IOException {
    savepointd.configure(configuration(NEVER, ""));
    daemon.hangUp();

    awaitLog(
        "event=config.reloaded changes=\"job reloaded: schedules.often.cron "
            + EVERY_SECOND
            + " -> "
            + NEVER);
    assertThat(daemon.isAlive()).isTrue();
    thenTheRunIsTheSame();
  }

  @Test
  @Order(3)
  void aBadEditChangesNothingAndSaysWhyEverywhere() throws IOException {
    savepointd.configure(
        configuration("every now and then", "jobs.another { jar = \"none.jar\" }"));

    CommandResult refused = savepointd.run("reload");

    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(USAGE);
    assertThat(refused.stderr())
        .contains("2 faults", "application.conf:7: savepointd.jobs.reloaded.schedules.often.cron")
        .contains("savepointd.jobs.another.jar");
    assertThat(savepointd.succeed("status").stdout())
        .contains(
            "the configuration of ", " was refused (2 reasons, first: ", run.substring(0, 12));
    awaitLog("event=config.refused");
    thenTheRunIsTheSame();
  }

  @Test
  @Order(4)
  void aFileThatCannotBeReadAtAllIsRefusedToo() throws IOException {
    savepointd.configure("savepointd { jobs {\n");

    assertThat(savepointd.run("reload").exitCode()).isEqualTo(USAGE);
    assertThat(savepointd.succeed("status").stdout()).contains("was refused (");
    thenTheRunIsTheSame();
  }

  @Test
  @Order(5)
  void whatOnlyARestartTakesIsRefused() throws IOException {
    savepointd.configure(configuration(NEVER, "ledger.silence = 20s"));

    CommandResult refused = savepointd.run("reload");

    assertThat(refused.exitCode()).as("%s", refused).isEqualTo(REFUSED);
    assertThat(refused.stdout()).contains("savepointd.ledger.silence", "nothing has changed");
  }

  @Test
  @Order(6)
  void jobsComeAndGo() throws IOException {
    String another = "jobs.another { jar = \"job/averaging-job.jar\", empty-start = never }";
    savepointd.configure(configuration(NEVER, another));
    assertThat(savepointd.succeed("reload").stdout().strip()).isEqualTo("job another: added");
    assertThat(savepointd.status().path("jobs")).hasSize(2);
    assertThat(savepointd.status().path("detail").asString()).as("all is well again").isEmpty();

    savepointd.configure(configuration(NEVER, ""));
    assertThat(savepointd.succeed("reload").stdout()).contains("job another: removed");
    assertThat(savepointd.status().path("jobs")).hasSize(1);
    thenTheRunIsTheSame();
  }

  @Test
  @Order(7)
  void withoutADaemonThereIsNoneToReload() throws IOException {
    savepointd.stopDaemon();

    CommandResult nobody = savepointd.run("reload");

    assertThat(nobody.exitCode()).as("%s", nobody).isEqualTo(UNREACHABLE);
    assertThat(nobody.stderr()).contains("no daemon answers");
    assertThat(runs.alive()).hasSize(1);
  }
}
