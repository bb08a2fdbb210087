package io.savepointd.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.FlinkProcesses;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.HdfsProcesses;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.Sequence;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A world of its own to be wrecked: HDFS, a session cluster, and a daemon that keeps one job. */
final class ChaosWorld implements AutoCloseable {

  /** Who may be killed. */
  static final List<String> VICTIMS =
      List.of("daemon", "jobmanager", "taskmanager", "namenode", "datanode-0", "datanode-1");

  /** As many copies: the loss of one DataNode is no loss of the storage, that of both is. */
  private static final int DATA_NODES = 2;

  private static final String JOB = "chaotic";

  /** For all to be well again once nothing is killed any more. */
  private static final Duration CALM = Duration.ofMinutes(3);

  private static final int LAST_LINES = 200;

  private final World world;
  private final Installed savepointd;
  private final Sequence sequence;
  private final FlinkProcesses flink;
  private final Runs runs;

  private ChaosWorld(World world, Installed savepointd, Sequence sequence) throws IOException {
    this.world = world;
    this.savepointd = savepointd;
    this.sequence = sequence;
    this.flink = world.flink(World.FLINK);
    this.runs = new Runs(flink.client(), JOB);
  }

  /**
   * Starts everything; returns once a first savepoint is retained. Without one a dead run would
   * rightly be held: nobody may start it empty.
   */
  static ChaosWorld start(Sequence sequence, int rate) throws IOException {
    Path dir = Folders.world(ChaosIT.class);
    World world = World.start(dir, DATA_NODES, quickToNotice());
    Installed savepointd = Installed.with(world, dir.resolve("savepointd"), "");
    try {
      ChaosWorld chaos = new ChaosWorld(world, savepointd, sequence);
      savepointd.configure(chaos.configuration(rate, "schedules.often.cron = \"0/3 * * * * ?\""));
      savepointd.startDaemon();
      chaos.awaitSavepointBeside(Set.of());
      return chaos;
    } catch (IOException | RuntimeException | Error e) {
      savepointd.close();
      world.close();
      throw e;
    }
  }

  /** The sooner a cluster misses a TaskManager, the more can happen in a minute. */
  private static Map<String, String> quickToNotice() {
    return Map.of(
        "heartbeat.interval", "1000",
        "heartbeat.timeout", "5000",
        "slot.request.timeout", "5000",
        // So few that some runs survive the loss of a TaskManager by themselves, and some don't.
        "restart-strategy.type", "fixed-delay",
        "restart-strategy.fixed-delay.attempts", "2",
        "restart-strategy.fixed-delay.delay", "500 ms");
  }

  List<Victim> victims() {
    HdfsProcesses hdfs = world.hdfs();
    return List.of(
        new Victim("daemon", savepointd::daemon, savepointd::launchDaemon),
        new Victim("jobmanager", flink::jobManager, flink::launchJobManager),
        new Victim(
            "taskmanager", () -> flink.taskManagers().get(0), () -> flink.launchTaskManager(0)),
        new Victim("namenode", hdfs::nameNode, hdfs::launchNameNode),
        new Victim("datanode-0", () -> hdfs.dataNode(0), () -> hdfs.launchDataNode(0)),
        new Victim("datanode-1", () -> hdfs.dataNode(1), () -> hdfs.launchDataNode(1)));
  }

  Installed savepointd() {
    return savepointd;
  }

  Runs runs() {
    return runs;
  }

  HdfsProcesses hdfs() {
    return world.hdfs();
  }

  String results() {
    return world.hdfs().uri() + "/results/chaos";
  }

  /** What lies on HDFS, against what the ledger says. */
  Aftermath aftermath() {
    return new Aftermath(savepointd, world.hdfs(), root(), JOB);
  }

  /** Waits until all is up and, by nobody's doing but the daemon's, a new savepoint is retained. */
  void awaitQuiet() throws IOException {
    world.hdfs().awaitWritable(DATA_NODES);
    flink.awaitTaskManagers(1);
    savepointd.awaitDaemon("active", CALM);
    awaitSavepointBeside(
        savepointd.everSaved().map(s -> s.path("id").asString()).collect(Collectors.toSet()));
  }

  private void awaitSavepointBeside(Set<String> former) {
    Awaitility.await("a savepoint that is new")
        .atMost(CALM)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> savepointd.retained().anyMatch(s -> !former.contains(s.path("id").asString())));
  }

  /**
   * From now on no savepoint is taken, what failed ones have left is deleted at once, and after an
   * upgrade the job reads its source at that rate.
   */
  void restartDaemonWithoutSchedule(int rate) throws IOException {
    savepointd.stopDaemon();
    savepointd.configure(configuration(rate, "timeouts.leftover = 1s"));
    savepointd.startDaemon();
  }

  /**
   * Waits until nothing lies in the job's directory but what is retained, and nothing elsewhere.
   */
  void awaitTidiness() {
    Aftermath after = aftermath();
    Awaitility.await("the deletion of all that isn't retained")
        .atMost(CALM)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(after.directories()).isEqualTo(after.retained());
              assertThat(after.trash()).isEmpty();
            });
  }

  /** Waits until the source is exhausted and the daemon has noticed it. */
  void awaitEnded() {
    Awaitility.await("the end of the job")
        .atMost(CALM)
        .until(() -> savepointd.job().path("state").asString().equals("ended"));
  }

  private Path root() {
    return Path.of("/chaos");
  }

  private String configuration(int rate, String schedule) throws IOException {
    return """
        savepointd {
          storage.root = "%s%s"
          # So that a dead owner that nobody can read of holds nothing up for long.
          ledger { heartbeat = 1s, silence = 4s }
          clusters.main.rest = "%s"
          jobs.%s {
            jar = "job/averaging-job.jar"
            args = %s
            restart = on-failure
            # A run that dies young, and often, is no news here: it is to be started again.
            restart-backoff { initial = 200ms, max = 2s, reset-after = 5s }
            crash-loop { deaths = 500, within = 1m }
            timeouts.savepoint = 90s
            %s
            retention.keep-last = 3
          }
        }
        """
        .formatted(
            world.hdfs().uri(),
            root(),
            flink.rest(),
            JOB,
            sequence.hocon(results(), rate),
            schedule);
  }

  /** What one needs to understand a failure. */
  String story(List<Outage> plan, List<String> commands) throws IOException {
    List<String> log = savepointd.log();
    return """
        the kills:
        %s
        the commands: %s
        how the job stands: %s
        the end of the daemon's log:
        %s
        """
        .formatted(
            plan.stream().map(Outage::toString).collect(Collectors.joining("\n")),
            commands,
            standing(),
            String.join("\n", log.subList(Math.max(0, log.size() - LAST_LINES), log.size())));
  }

  private String standing() {
    try {
      return savepointd.status().toString();
    } catch (IOException e) {
      return "no daemon answers: " + e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      savepointd.close();
    } finally {
      world.close();
    }
  }
}
