package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.FlinkRest;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is done to a run, every record of a replayable source counts once. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 240, unit = SECONDS)
class ExactlyOnceIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final long COUNT = 6_000;
  private static final int RATE = 400;
  private static final int KEYS = 7;
  private static final int KILLS = 3;

  private final World world;
  private final FlinkRest rest;
  private final Runs runs;

  ExactlyOnceIT(World world) throws IOException {
    this.world = world;
    this.rest = world.flink(World.FLINK).client();
    this.runs = new Runs(rest, "counted");
  }

  @Test
  void aRunKilledAndRestoredSeveralTimesEndsWithTheResultsOfAnUndisturbedOne() throws IOException {
    String undisturbed = world.hdfs().uri() + "/results/undisturbed";
    String disturbed = world.hdfs().uri() + "/results/disturbed";
    rest.run(rest.upload(Folders.averagingJob()), Map.of("programArgsList", args(undisturbed, 0)));
    try (Installed savepointd =
        Installed.with(world, Folders.world(getClass()), configuration(disturbed))) {
      savepointd.startDaemon();

      String run = runs.awaitRunning();
      for (int kill = 0; kill < KILLS; kill++) {
        run = killOnceSaved(savepointd, run);
      }
      Awaitility.await("the last run to finish")
          .atMost(SOON)
          .until(() -> savepointd.job().path("state").asString().equals("ended"));
    } finally {
      runs.killAll();
    }

    assertThat(runs.all()).extracting("state").containsOnlyOnce("FINISHED").hasSize(KILLS + 1);
    assertThat(read(disturbed)).isEqualTo(read(undisturbed)).isEqualTo(expected());
  }

  /** Restoring a run that wasn't saved yet would only repeat the restore before it. */
  private String killOnceSaved(Installed savepointd, String run) throws IOException {
    Awaitility.await("a savepoint of run " + run)
        .atMost(SOON)
        .until(() -> savepointd.retained().anyMatch(s -> s.path("run").asString().equals(run)));
    runs.kill(run);
    String next = runs.awaitRunningOtherThan(run);
    assertThat(rest.restoredFrom(next)).isPresent();
    return next;
  }

  private static List<String> args(String results, int rate) {
    return List.of(
        "--source",
        "sequence",
        "--count",
        COUNT + "",
        "--rate",
        rate + "",
        "--keys",
        KEYS + "",
        "--sink",
        "discard",
        "--results",
        results);
  }

  /** By the sequence's definition: record i has key i % keys and value i. */
  private static List<String> expected() {
    return IntStream.range(0, KEYS)
        .mapToObj(
            key -> {
              long count = (COUNT - key + KEYS - 1) / KEYS;
              long sum = count * key + KEYS * (count * (count - 1) / 2);
              return key + " " + count + " " + sum + " " + sum / count;
            })
        .toList();
  }

  private List<String> read(String results) throws IOException {
    try (FileSystem hdfs = world.hdfs().open();
        FSDataInputStream in = hdfs.open(new Path(results, "averages.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private String configuration(String results) throws IOException {
    String args = args(results, RATE).stream().collect(Collectors.joining("\", \"", "[\"", "\"]"));
    return """
        savepointd {
          storage.root = "%s/exactly-once"
          clusters.main.rest = "%s"
          jobs.counted {
            jar = "job/averaging-job.jar"
            args = %s
            restart = on-failure
            schedules.often.cron = "* * * * * ?"
            retention.keep-last = 3
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), args);
  }
}
