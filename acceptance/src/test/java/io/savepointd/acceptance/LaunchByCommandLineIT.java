package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.FlinkHome;
import io.savepointd.acceptance.world.FlinkProcesses;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Clusters that take no jars ({@code web.submit.enable}), with runs started by Flink's command. */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = SECONDS)
class LaunchByCommandLineIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String NUMBERS =
      "\"--source\", \"sequence\", \"--rate\", \"100\", \"--sink\", \"discard\"";

  private final World world;
  private final Map<String, FlinkProcesses> flinks = new TreeMap<>();
  private final Map<String, FlinkHome> homes = new TreeMap<>();
  private Path dir;

  LaunchByCommandLineIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startFlinks() throws IOException {
    dir = Folders.world(getClass());
    for (String version : List.of(World.FLINK, World.OLD_FLINK)) {
      homes.put(version, FlinkHome.make(version, dir.resolve("home-" + version)));
      flinks.put(version, FlinkProcesses.start(version, dir, Map.of("web.submit.enable", "false")));
    }
  }

  @AfterAll
  void end() {
    flinks.values().forEach(FlinkProcesses::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {World.FLINK, World.OLD_FLINK})
  void aRunIsStartedAndBroughtBackFromItsSavepoint(String version) throws IOException {
    Runs runs = runs(version, "life");
    assertThatThrownBy(() -> runs.rest().upload(Folders.averagingJob()))
        .as("the cluster takes no jars")
        .hasMessageContainingAll("answered 400", "POST request not allowed");
    try (Installed savepointd = installed(version, "life", NUMBERS)) {
      CommandResult doctor = savepointd.run("doctor");
      assertThat(doctor.stdout()).contains("takes no jars; runs are started by");
      assertThat(doctor.exitCode()).as("%s", doctor).isZero();
      savepointd.startDaemon();
      String first = runs.awaitRunning();
      savepointd.succeed("savepoint");
      String path = savepointd.retained().findFirst().orElseThrow().path("path").asString();

      runs.kill(first);
      String second = runs.awaitRunningOtherThan(first);

      assertThat(runs.rest().restoredFrom(second)).hasValue(path);
      JsonNode restored = runs.rest().checkpoints(second).path("latest").path("restored");
      assertThat(restored.path("is_savepoint").asBoolean())
          .as("it stays ours, although the conf of flink-home says CLAIM: %s", restored)
          .isTrue();
      awaitRunning(savepointd, second);
      assertThat(runs.all()).as("no run but those two").hasSize(2);

      CommandResult again =
          flinks
              .get(version)
              .commandLine()
              .run(
                  SOON,
                  "run",
                  "-d",
                  "-t",
                  "remote",
                  "-D",
                  "$internal.pipeline.job-id=" + second,
                  Folders.averagingJob().toString(),
                  "--source",
                  "sequence");
      assertThat(again.exitCode()).as("the id is taken: %s", again).isEqualTo(1);
      assertThat(again.stdout() + again.stderr())
          .containsPattern("Duplicate(Job|Application)SubmissionException");
    } finally {
      runs.killAll();
    }
  }

  @Test
  void aRunWhoseAnswerWasLostIsFoundByItsIdAndNotStartedAgain() throws IOException {
    Runs runs = runs(World.FLINK, "lost");
    homes.get(World.FLINK).loseNextAnswer();
    try (Installed savepointd = installed(World.FLINK, "lost", NUMBERS)) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();
      awaitRunning(savepointd, run);

      assertThat(savepointd.log())
          .anyMatch(line -> line.contains("event=run.submit.unknown") && line.contains("137"));
      assertThat(savepointd.lineage()).hasSize(1);
      assertThat(runs.all()).hasSize(1);
    } finally {
      runs.killAll();
    }
  }

  @Test
  void aProgramThatFailsIsRefusedInItsOwnWords() throws IOException {
    try (Installed savepointd = installed(World.FLINK, "refused", "\"--nonsense\", \"1\"")) {
      savepointd.startDaemon();

      Awaitility.await("the refusal")
          .atMost(SOON)
          .until(
              () ->
                  savepointd.log().stream()
                      .anyMatch(
                          line ->
                              line.contains("event=run.not_started")
                                  && line.contains("refused by the cluster")
                                  && line.contains("nonsense")));
      assertThat(runs(World.FLINK, "refused").all()).isEmpty();
    }
  }

  private static void awaitRunning(Installed savepointd, String run) {
    Awaitility.await("the job to be running as " + run)
        .atMost(SOON)
        .until(
            () ->
                savepointd.job().path("state").asString().equals("running")
                    && savepointd.job().path("run").asString().equals(run));
  }

  private Runs runs(String version, String job) {
    return new Runs(flinks.get(version).client(), job);
  }

  private Installed installed(String version, String job, String args) throws IOException {
    return Installed.with(
        world,
        dir.resolve(job + "-" + version),
        """
        savepointd {
          storage.root = "%s/launch-%s-%s"
          clusters.main { rest = "%s", launch.flink-home = "%s" }
          jobs.%s { jar = "job/averaging-job.jar", args = [%s] }
        }
        """
            .formatted(
                world.hdfs().uri(),
                job,
                version,
                flinks.get(version).rest(),
                homes.get(version).dir(),
                job,
                args));
  }
}
