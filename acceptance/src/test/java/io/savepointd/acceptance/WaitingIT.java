package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that lack something to run on: they wait for it, and nobody has to speak. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class WaitingIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  /** A submission would be sent again after 5 s, and the watch looks every few seconds. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(8);

  private final World world;

  WaitingIT(World world) {
    this.world = world;
  }

  @Test
  void aRunWithoutSlotsWaitsAndIsNotSubmittedAgain() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "wide");
    try (Installed savepointd =
        Installed.with(
            world,
            Folders.world(getClass()).resolve("wide"),
            configuration("wide", "job/averaging-job.jar", "parallelism = 64"))) {
      savepointd.startDaemon();
      awaitState(savepointd, "starting");
      Awaitility.await("the run").atMost(SOON).until(() -> runs.alive().size() == 1);
      String run = runs.alive().get(0).id();

      Awaitility.await("nothing to happen")
          .during(LONG_ENOUGH)
          .atMost(LONG_ENOUGH.multipliedBy(4))
          .untilAsserted(
              () -> {
                assertThat(savepointd.job().path("state").asString()).isEqualTo("starting");
                assertThat(runs.all())
                    .singleElement()
                    .satisfies(
                        each -> {
                          assertThat(each.id()).isEqualTo(run);
                          assertThat(each.isFullyRunning()).isFalse();
                        });
              });

      assertThat(savepointd.lineage()).hasSize(1);
      assertThat(savepointd.log())
          .filteredOn(line -> line.contains("event=run.submit") || line.contains("to=held"))
          .as("submissions, and holds")
          .hasSize(1);
    } finally {
      runs.killAll();
    }
  }

  @Test
  void aJobWhoseJarIsGoneGoesOnByTheKeptOneAndWaitsForItWhereTheConfigurationCounts()
      throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "jarless");
    Path dir = Folders.world(getClass()).resolve("jarless");
    Path away = Files.copy(Folders.averagingJob(), Files.createDirectories(dir).resolve("away"));
    Path jar = Files.copy(away, dir.resolve("program.jar"));
    try (Installed savepointd =
        Installed.with(world, dir, configuration("jarless", jar.toString(), ""))) {
      savepointd.startDaemon();
      String first = runs.awaitRunning();
      savepointd.succeed("savepoint");
      Files.delete(jar);
      runs.kill(first);

      String second = runs.awaitRunningOtherThan(first);
      awaitState(savepointd, "running");
      assertThat(savepointd.job().path("detail").asString()).contains("the jar can't be read");
      thenItWasRestored(runs, second, savepointd);

      savepointd.succeed("stop", "jarless");
      assertThat(savepointd.run("start", "jarless").exitCode()).isNotZero();

      awaitState(savepointd, "held");
      assertThat(savepointd.job().path("detail").asString())
          .contains("jar " + jar + " can't be read", "NoSuchFile");
      Awaitility.await("nothing to be sent")
          .during(Duration.ofSeconds(3))
          .atMost(SOON)
          .until(() -> runs.all().size() == 2 && savepointd.lineage().count() == 2);

      Files.move(away, jar, StandardCopyOption.ATOMIC_MOVE);

      String third = runs.awaitRunningOtherThan(second);
      awaitState(savepointd, "running");
      assertThat(runs.all()).hasSize(3);
      thenItWasRestored(runs, third, savepointd);
    } finally {
      runs.killAll();
    }
  }

  private static void thenItWasRestored(Runs runs, String run, Installed savepointd)
      throws IOException {
    assertThat(runs.rest().restoredFrom(run))
        .contains(savepointd.retained().findFirst().orElseThrow().path("path").asString());
  }

  private static void awaitState(Installed savepointd, String state) {
    Awaitility.await("the job to be " + state)
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals(state));
  }

  private String configuration(String job, String jar, String more) throws IOException {
    return """
        savepointd {
          storage.root = "%s/waiting-%s"
          clusters.main.rest = "%s"
          jobs.%s {
            jar = "%s"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            %s
          }
        }
        """
        .formatted(world.hdfs().uri(), job, world.flink(World.FLINK).rest(), job, jar, more);
  }
}
