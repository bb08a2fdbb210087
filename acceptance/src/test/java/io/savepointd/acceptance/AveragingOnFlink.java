package io.savepointd.acceptance;

import io.savepointd.acceptance.world.FlinkProcesses;
import io.savepointd.acceptance.world.FlinkVersions;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Program;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * The averaging job, or a plain one like it where Flink's API is older than that job, under a
 * daemon of its own, on a cluster of one version of Flink: the shared world's, or one of its own
 * where nobody else needs that version.
 */
final class AveragingOnFlink implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(60);

  /** How many savepoints are retained. */
  static final int KEPT = 3;

  private final FlinkProcesses flink;
  private final boolean shared;
  private final LineServer lines;
  private final Installed savepointd;
  private final Runs runs;
  private final String root;
  private final Optional<Path> plain;

  private AveragingOnFlink(
      World world, FlinkProcesses flink, boolean shared, Path dir, Optional<Path> plain)
      throws IOException {
    this.flink = flink;
    this.plain = plain;
    this.shared = shared;
    this.lines = LineServer.start();
    this.runs = new Runs(flink.client(), "averaging");
    this.root = world.hdfs().uri() + "/" + dir.getFileName();
    this.savepointd = Installed.with(world, dir, configuration());
  }

  /** Starts the cluster, if it isn't there; the daemon isn't started. */
  static AveragingOnFlink of(World world, String version) throws IOException {
    Path dir = Folders.world("SupervisedJob-" + version);
    boolean shared = FlinkVersions.isShared(version);
    FlinkProcesses flink =
        shared ? world.flink(version) : FlinkProcesses.start(version, dir, Map.of());
    // 1.18 lacks OpenContext, and both lack the checkpointing options by their present names.
    Optional<Path> plain =
        version.startsWith("1.18.") || version.startsWith("1.19.")
            ? Optional.of(Program.jar("PlainAverages", version, dir))
            : Optional.empty();
    return new AveragingOnFlink(world, flink, shared, dir, plain);
  }

  private String configuration() {
    return """
        savepointd {
          storage.root = "%s"
          clusters.main.rest = "%s"
          jobs.averaging {
            cluster = main
            jar = "%s"
            args = [%s]
            schedules.frequent.cron = "0/2 * * * * ?"
            retention.keep-last = %d
          }
        }
        """
        .formatted(root, flink.rest(), jar(), args(), KEPT);
  }

  private String jar() {
    return plain.map(Path::toString).orElse("job/averaging-job.jar");
  }

  private String args() {
    return plain.isPresent()
        ? "\"127.0.0.1\", \"" + lines.port() + "\""
        : "\"--host\", \"127.0.0.1\", \"--port\", \"" + lines.port() + "\"";
  }

  /** What the table calls the program. */
  String program() {
    return plain.isPresent() ? "a plain one" : "averaging job";
  }

  Installed savepointd() {
    return savepointd;
  }

  Runs runs() {
    return runs;
  }

  /** Where the savepoints lie. */
  String root() {
    return root;
  }

  void send(String... more) {
    lines.send(more);
  }

  void awaitPrinted(String average) {
    Awaitility.await(average + " to be printed")
        .atMost(SOON)
        .until(() -> flink.printed().contains(average));
  }

  void awaitSavepoints(int count) {
    Awaitility.await(count + " retained savepoints")
        .atMost(SOON)
        .until(() -> savepointd.retained().count() >= count);
  }

  /** What the ledger says of a run. */
  JsonNode lineageOf(String run) throws IOException {
    return savepointd
        .lineage()
        .filter(line -> line.path("run").asString().equals(run))
        .findFirst()
        .orElseThrow();
  }

  /** The path of the newest savepoint that was taken of a run. */
  String newestOf(String run) throws IOException {
    return savepointd
        .everSaved()
        .filter(s -> s.path("run").asString().equals(run))
        .findFirst()
        .orElseThrow()
        .path("path")
        .asString();
  }

  @Override
  public void close() throws IOException {
    savepointd.close();
    if (shared) {
      runs.killAll();
    } else {
      flink.close();
    }
    lines.close();
  }
}
