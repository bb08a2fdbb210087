package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.FlinkRest;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.Sequence;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is done to a run, every record of a replayable source counts once. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 240, unit = SECONDS)
class ExactlyOnceIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final Sequence SEQUENCE = new Sequence(6_000, 7);
  private static final int RATE = 400;
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
    rest.run(
        rest.upload(Folders.averagingJob()),
        Map.of("programArgsList", SEQUENCE.args(undisturbed, 0)));
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
    assertThat(Sequence.results(world.hdfs(), disturbed))
        .isEqualTo(Sequence.results(world.hdfs(), undisturbed))
        .isEqualTo(SEQUENCE.averages());
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

  private String configuration(String results) throws IOException {
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
        .formatted(
            world.hdfs().uri(), world.flink(World.FLINK).rest(), SEQUENCE.hocon(results, RATE));
  }
}
