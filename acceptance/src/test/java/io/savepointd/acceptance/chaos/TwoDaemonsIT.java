package io.savepointd.acceptance.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.ManagedProcess;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two daemons on one ledger: one acts, the other stands by until the first is dead or has long been
 * silent. At no time are there two runs.
 */
@ExtendWith(SharedWorld.class)
@Timeout(value = 300, unit = SECONDS)
class TwoDaemonsIT {

  /** That of reference.conf. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Beside the silence: starting to look, the recovery of the lease, the reading of the ledger. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final World world;
  private final Runs runs;

  TwoDaemonsIT(World world) throws IOException {
    this.world = world;
    this.runs = new Runs(world.flink(World.FLINK).client(), "watched-over");
  }

  @Test
  void theSecondTakesOverFromAKilledAndFromAHangingFirst() throws IOException {
    Path dir = Folders.world(getClass());
    try (RunWatch watch = RunWatch.of(runs);
        Installed one = Installed.with(world, dir.resolve("one"), configuration());
        Installed other = Installed.with(world, dir.resolve("other"), configuration())) {
      one.startDaemon();
      awaitSavepoint(one);
      other.launchDaemon();
      other.awaitDaemon("standby", SLACK);
      assertThat(other.status().path("detail").asString())
          .contains("the ledger is held by process " + one.daemon().pid());

      takesOverFromTheDead(one, other);
      one.launchDaemon();
      one.awaitDaemon("standby", SLACK);
      takesOverFromTheHanging(other, one);

      assertThat(watch.twins()).isEmpty();
      assertThat(watch.looks()).isPositive();
      assertThat(one.lineage())
          .filteredOn(run -> !run.path("endedAt").isString())
          .singleElement()
          .satisfies(run -> assertThat(run.path("run").asString()).isEqualTo(onlyRun()));
    } finally {
      runs.killAll();
    }
  }

  /** Its run dies with it: only another daemon brings that back. */
  private void takesOverFromTheDead(Installed first, Installed second) throws IOException {
    String run = onlyRun();
    long from = System.nanoTime();
    first.daemon().kill();
    runs.kill(run);
    second.awaitDaemon("active", SLACK);
    print("a killed daemon's ledger was taken over", from);
    runs.awaitRunningOtherThan(run);
    print("and its run was back", from);
    awaitSavepoint(second);
  }

  private void takesOverFromTheHanging(Installed first, Installed second) throws IOException {
    String run = onlyRun();
    ManagedProcess hanging = first.daemon();
    long lines = first.log().size();
    long from = System.nanoTime();
    hanging.pause();
    // The first thing the hanging one would do once it is awake is to bring this run back.
    runs.kill(run);
    second.awaitDaemon("active", SILENCE.plus(SLACK));
    Duration took = print("a hanging daemon's ledger was taken over", from);
    assertThat(took).as("no sooner than its silence may be believed").isGreaterThan(SILENCE);
    String next = runs.awaitRunningOtherThan(run);
    print("and its run was back", from);

    hanging.resume();
    first.awaitDaemon("standby", SLACK);
    assertThat(first.log().stream().skip(lines))
        .anyMatch(line -> line.contains("event=ledger.lost"))
        .noneMatch(line -> line.contains("event=run.submit"));
    assertThat(first.status().path("detail").asString())
        .contains("the ledger is held by process " + second.daemon().pid());
    assertThat(onlyRun()).isEqualTo(next);
    awaitSavepoint(second);
  }

  private String onlyRun() {
    return runs.awaitRunning();
  }

  /** One of the run that is alive. */
  private void awaitSavepoint(Installed savepointd) {
    String run = runs.awaitRunning();
    Awaitility.await("a savepoint of run " + run)
        .atMost(SLACK)
        .until(() -> savepointd.retained().anyMatch(s -> s.path("run").asString().equals(run)));
  }

  /** On standard output, which Maven shows. */
  private static Duration print(String what, long fromNanos) {
    Duration took = Duration.ofNanos(System.nanoTime() - fromNanos);
    System.out.printf("%s after %.1f s%n", what, took.toMillis() / 1e3);
    return took;
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s/two-daemons"
          clusters.main.rest = "%s"
          jobs.watched-over {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            schedules.often.cron = "*/2 * * * * ?"
            retention.keep-last = 3
          }
        }
        """
        .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest());
  }
}
