package io.savepointd.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.ClusterFacts;
import io.savepointd.flink.ClusterSetup;
import io.savepointd.ledger.Event;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each verdict on a cluster, and on a job, its jar, its run and its schedules. */
class JobCheckupTest {
  private static final JobName AVERAGING = new JobName("averaging");

  @TempDir private Path directory;
  private FakeWorld world;

  @BeforeEach
  void allIsWell() throws IOException {
    world = new FakeWorld(directory);
  }

  private Found line(String check) throws IOException {
    return new Found(world.verdict(check));
  }

  @Test
  void saysWhetherCheckpointsWillBeThereForAJobThatIsToGoOnFromThem() throws IOException {
    world.more = "savepointd.jobs.averaging.restore.from = latest-state";
    RunId run = new RunId("0".repeat(32));
    world.happened(
        new Event.RunAdopted(
            Instant.EPOCH, AVERAGING, run, new ClusterName("main"), new Origin.Adopted()));
    CheckpointHome home = new CheckpointHome("hdfs://nn/c/" + run, CheckpointRetention.NEVER);
    world.happened(new Event.RunCheckpointed(Instant.EPOCH, AVERAGING, run, Optional.of(home)));

    line("job averaging checkpoints")
        .is("warn", "only if its cluster dies", "RETAIN_ON_CANCELLATION");
  }

  @Test
  void saysThatAClusterIsDownAndLooksAtNothingElseOfIt() throws IOException {
    world.cluster.down = true;

    line("cluster main").is("FAIL", "ConnectException", "curl http://localhost:1/overview");
    for (String check : List.of("cluster main setup", "cluster main slots", "clock of main")) {
      line(check).is("skip", "needs cluster main, which failed", "");
    }
    line("job averaging run").is("skip", "needs cluster main", "");
    line("job averaging jar").is("ok", "org.acme.Main", "");
  }

  @ParameterizedTest
  @CsvSource({"1.18.1, ok", "1.20.5, ok", "2.0.0, ok", "1.17.2, warn", "3.0.0, warn"})
  void warnsOfVersionsThatWerentTested(String version, String word) throws IOException {
    world.cluster.facts = new ClusterFacts(version, 1, 2, 1);

    line("cluster main").is(word, version, word.equals("ok") ? "" : "upgrade");
  }

  @Test
  void saysThatAClusterTakesNoJars() throws IOException {
    world.cluster.setup = FakeCluster.setup(false, "hdfs://nn:8020/x");

    line("cluster main setup").is("FAIL", "web.submit.enable is false", "restart its JobManager");
  }

  @ParameterizedTest
  @CsvSource({
    "flink-dist-2.3.1.jar, ok, takes no jars; runs are started by",
    "flink-dist-2.2.0.jar, FAIL, 'is Flink 2.2, and the cluster Flink 2.3.0'",
    "flink-dist_2.12-1.18.0.jar, FAIL, is Flink 1.18",
    "something.jar, ok, bin/flink",
  })
  void looksAtTheDistributionThatStartsRunsInstead(String dist, String word, String found)
      throws IOException {
    Path home = directory.resolve("flink");
    Path script = Files.createDirectories(home.resolve("bin")).resolve("flink");
    assertThat(Files.createFile(script).toFile().setExecutable(true)).isTrue();
    Files.createFile(Files.createDirectories(home.resolve("lib")).resolve(dist));
    world.more = "savepointd.clusters.main.launch.flink-home = \"" + home + "\"";
    world.cluster.setup = FakeCluster.setup(false, "hdfs://nn:8020/x");

    line("cluster main setup").is(word, found, word.equals("ok") ? "" : "of the cluster's version");
  }

  @Test
  void warnsOfAClusterThatSavesIntoOurRoot() throws IOException {
    world.cluster.setup = FakeCluster.setup(true, "hdfs://nn:8020/root/");

    line("cluster main setup").is("warn", "hdfs://nn:8020/root/", "give the cluster another");
  }

  @Test
  void failsWhereAJobWouldFindNoSlot() throws IOException {
    world.more = "savepointd.jobs.averaging.parallelism = 3";

    line("cluster main slots").is("FAIL", "1 of 2 slots free; averaging needs 3", "TaskManager");
  }

  @Test
  void leavesItToYarnToStartTaskManagers() throws IOException {
    world.cluster.facts = new ClusterFacts("2.3.0", 0, 0, 0);
    world.cluster.setup = new ClusterSetup(true, Optional.empty(), Optional.empty(), true, 4);

    line("cluster main slots").is("ok", "averaging needs 4; YARN starts more", "");
  }

  @Test
  void countsNoSlotsForJobsThatRunOrAreStopped() throws IOException {
    world.cluster.facts = new ClusterFacts("2.3.0", 1, 2, 0);
    world.cluster.runs("averaging");

    line("cluster main slots").is("ok", "0 of 2 slots free, and nothing waits", "");
    line("job averaging run").is("ok", "RUNNING, 2 of 2 tasks up", "");
  }

  @Test
  void knowsWhatWasStopped() throws IOException {
    world.cluster.facts = new ClusterFacts("2.3.0", 1, 2, 0);
    world.happened(new Event.StopWanted(FakeProbe.NOW, AVERAGING));

    line("cluster main slots").is("ok", "nothing waits", "");
    line("job averaging run").is("ok", "stopped by command", "");
  }

  @Test
  void knowsWhatIsHeld() throws IOException {
    world.happened(new Event.JobHeld(FakeProbe.NOW, AVERAGING, "died too often"));

    line("job averaging run").is("warn", "held, died too often", "savepointd release averaging");
  }

  @Test
  void failsWhereTwoRunsOfAJobAreAlive() throws IOException {
    world.cluster.runs("averaging");
    world.cluster.runs("averaging");

    line("job averaging run").is("FAIL", "2 runs of it", "cancel all but one");
  }

  @Test
  void looksForTheClassInTheJar() throws IOException {
    world.jar("org.acme.Main", "org/acme/Other.class");

    line("job averaging jar").is("FAIL", "has no class org.acme.Main", "entry-class");
  }

  @Test
  void wantsTheJarToNameAClass() throws IOException {
    world.jar("", "org/acme/Main.class");

    line("job averaging jar").is("FAIL", "names no class", "Main-Class");
  }

  @Test
  void saysThatAJarIsCut() throws IOException {
    Files.writeString(world.jar(), "no jar at all");

    line("job averaging jar").is("FAIL", "", "is no whole jar");
  }

  @Test
  void warnsOfAScheduleThatNeverFires() throws IOException {
    world.more =
        """
        savepointd.jobs.averaging.schedules {
          hourly.cron = "0 0 * * * ?"
          once.cron = "0 0 0 1 1 ? 2020"
        }
        """;

    line("job averaging schedules").is("warn", "never fires again: once ('0 0 0", "cron");
  }

  @Test
  void saysWhenTheNextScheduleFires() throws IOException {
    world.more =
        "savepointd.jobs.averaging.schedules.hourly { cron = \"0 0 * * * ?\", time-zone = UTC }";

    line("job averaging schedules").is("ok", "hourly next at 2026-03-01T13:00Z", "");
  }
}
