package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * Two daemons on one ledger that keep the same job, each with a socket of its own as on two
 * machines: one acts, the other stands by. At the end both are killed, and the job's runs.
 */
record Pair(Installed one, Installed other, Runs runs) implements AutoCloseable {

  /** That of reference.conf. */
  static final Duration SILENCE = Duration.ofSeconds(10);

  /** Beside the silence: starting to look, the recovery of the lease, the reading of the ledger. */
  static final Duration SLACK = Duration.ofSeconds(30);

  /** Returns once one is active and has a savepoint, and the other stands by. */
  static Pair start(World world, Class<?> test, String job) throws IOException {
    Path dir = Folders.world(test);
    Runs runs = new Runs(world.flink(World.FLINK).client(), job);
    Pair pair =
        new Pair(
            Installed.with(world, dir.resolve("one"), configuration(world, job)),
            Installed.with(world, dir.resolve("other"), configuration(world, job)),
            runs);
    try {
      pair.one.startDaemon();
      pair.awaitSavepoint(pair.one);
      pair.other.launchDaemon();
      pair.other.awaitDaemon("standby", SLACK);
      return pair;
    } catch (IOException | RuntimeException | Error e) {
      pair.close();
      throw e;
    }
  }

  private static String configuration(World world, String job) throws IOException {
    return """
        savepointd {
          storage.root = "%s/two-daemons/%s"
          clusters.main.rest = "%s"
          jobs.%s {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
            schedules.often.cron = "*/2 * * * * ?"
            retention.keep-last = 3
          }
        }
        """
        .formatted(world.hdfs().uri(), job, world.flink(World.FLINK).rest(), job);
  }

  String onlyRun() {
    return runs.awaitRunning();
  }

  /** By that daemon, one of the run that is alive. */
  void awaitSavepoint(Installed savepointd) {
    String run = onlyRun();
    Awaitility.await("a savepoint of run " + run)
        .atMost(SLACK)
        .until(() -> savepointd.retained().anyMatch(s -> s.path("run").asString().equals(run)));
  }

  /** By that daemon, one that isn't there yet. */
  void awaitNewSavepoint(Installed savepointd) throws IOException {
    String newest = newest(savepointd);
    Awaitility.await("a savepoint after " + newest)
        .atMost(SLACK)
        .until(() -> !newest(savepointd).equals(newest));
  }

  private static String newest(Installed savepointd) throws IOException {
    return savepointd.retained().findFirst().orElseThrow().path("id").asString();
  }

  /** On standard output, which Maven shows. */
  static Duration print(String what, long fromNanos) {
    Duration took = Duration.ofNanos(System.nanoTime() - fromNanos);
    System.out.printf("%s after %.1f s%n", what, took.toMillis() / 1e3);
    return took;
  }

  @Override
  public void close() throws IOException {
    try (one;
        other) {
      // Both are killed before the runs, or they would bring them back.
    } finally {
      runs.killAll();
    }
  }
}
