package io.savepointd.acceptance.bench;

import io.savepointd.acceptance.world.AdminSocket;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.World;
import java.io.IOException;

/** The daemon's side of the comparison: one job without a schedule, so that nothing interferes. */
final class Savepointd implements AutoCloseable {

  private static final String JOB = "kept";

  private final Installed installed;
  private final Runs runs;
  private final Recovery recovery;
  final Stopwatch ready = new Stopwatch();
  final Stopwatch command = new Stopwatch();
  final Stopwatch socket = new Stopwatch();
  final Stopwatch death = new Stopwatch();
  final Stopwatch replacement = new Stopwatch();

  Savepointd(World world) throws IOException {
    this.runs = new Runs(world.flink(World.FLINK).client(), JOB);
    this.recovery = new Recovery(runs);
    this.installed =
        Installed.with(
            world,
            Folders.world(Bench.class),
            """
            savepointd {
              storage.root = "%s/bench/savepointd"
              clusters.main.rest = "%s"
              jobs.%s {
                jar = "job/averaging-job.jar"
                args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
                retention.keep-last = 5
              }
            }
            """
                .formatted(world.hdfs().uri(), world.flink(World.FLINK).rest(), JOB));
  }

  void start(int times) throws IOException {
    for (int i = 0; i < times; i++) {
      if (i > 0) {
        installed.stopDaemon();
      }
      ready.time(installed::startDaemon);
    }
    runs.awaitRunning();
  }

  void takeSavepoints() throws IOException {
    command.time(() -> installed.succeed("savepoint", JOB));
    socket.time(this::takeSavepoint);
  }

  void takeSavepoint() throws IOException {
    AdminSocket.Reply reply = installed.socket().ask("POST", "/savepoint?job=" + JOB);
    if (!reply.body().path("outcomes").path(0).path("result").asString().equals("done")) {
      throw new IOException("no savepoint: " + reply.body());
    }
  }

  void recover() throws IOException {
    String run = runs.awaitRunning();
    death.add(recovery.afterDeathOf(run));
    runs.awaitRunningOtherThan(run);
  }

  void replace() throws IOException {
    String run = runs.awaitRunning();
    replacement.time(
        () -> {
          installed.succeed("restore-latest", JOB, "--replace");
          runs.awaitRunningOtherThan(run);
        });
  }

  long residentMebibytes() throws IOException {
    return installed.daemon().residentBytes() >> 20;
  }

  @Override
  public void close() throws IOException {
    installed.close();
    runs.killAll();
  }
}
