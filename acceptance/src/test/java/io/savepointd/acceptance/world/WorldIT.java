package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worlds the other tests live in: they come up, break on demand and leave nothing behind. */
class WorldIT {

  private static final Duration NOTICED = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Path FILE = new Path("/kept/file");

  private static java.nio.file.Path dir;
  private static HdfsProcesses hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    dir = Folders.world(WorldIT.class);
    hdfs = HdfsProcesses.start(dir);
  }

  @AfterAll
  static void endHdfs() {
    List<ManagedProcess> processes = List.of(hdfs.nameNode(), hdfs.dataNode(0));
    hdfs.close();
    assertThat(processes).noneMatch(ManagedProcess::isAlive);
  }

  @Test
  void filesOutliveBothServersOfHdfs() throws IOException {
    write(FILE, "kept");

    hdfs.nameNode().kill();
    hdfs.dataNode(0).kill();
    hdfs.startNameNode();
    hdfs.startDataNode(0);
    hdfs.awaitWritable(1);

    assertThat(read(FILE)).isEqualTo("kept");
    write(new Path("/kept/another"), "written after it");
    assertThat(read(new Path("/kept/another"))).isEqualTo("written after it");
  }

  @Test
  void aDataNodeKeepsItsPorts() throws IOException {
    write(new Path("/ports/before"), "before");
    List<Integer> before = dataNodePorts();

    hdfs.dataNode(0).kill();
    hdfs.startDataNode(0);
    hdfs.awaitWritable(1);

    assertThat(dataNodePorts()).isEqualTo(before);
    assertThat(read(new Path("/ports/before"))).isEqualTo("before");
  }

  private static List<Integer> dataNodePorts() throws IOException {
    try (FileSystem fs = hdfs.open()) {
      return Stream.of(((DistributedFileSystem) fs).getDataNodeStats(DatanodeReportType.ALL))
          .flatMap(node -> Stream.of(node.getXferPort(), node.getIpcPort()))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.20.5", "2.3.0"})
  void aClusterKeepsItsAddressAndMissesWhoIsKilled(String version) throws IOException {
    FlinkProcesses flink = FlinkProcesses.start(version, dir, fastHeartbeats());
    List<ManagedProcess> processes;
    try (flink) {
      FlinkRest rest = flink.client();
      assertThat(rest.overview().path("flink-version").asString()).isEqualTo(version);
      assertThat(rest.overview().path("slots-total").asInt()).isEqualTo(2);
      assertThat(rest.runs()).isEmpty();
      long bytes = 0;
      for (ManagedProcess each : living(flink)) {
        bytes += each.residentBytes();
      }
      assertThat(bytes).as("resident memory of the whole world").isLessThan(2L << 30);

      flink.taskManagers().get(0).kill();
      flink.awaitTaskManagers(0);
      flink.addTaskManager();
      flink.awaitTaskManagers(1);

      flink.taskManagers().get(1).kill();
      flink.awaitTaskManagers(0);
      flink.launchTaskManager(1);
      flink.awaitTaskManagers(1);

      flink.jobManager().kill();
      assertThatThrownBy(rest::overview).isInstanceOf(IOException.class);
      flink.startJobManager();
      flink.awaitTaskManagers(1);
      processes =
          Stream.concat(flink.taskManagers().stream(), Stream.of(flink.jobManager())).toList();
    }
    assertThat(processes).hasSize(3).noneMatch(ManagedProcess::isAlive);
  }

  @Test
  void aPausedNameNodeAnswersOnlyOnceItIsResumed() throws IOException {
    hdfs.nameNode().pause();
    Thread writer = new Thread(() -> writeQuietly(new Path("/paused")), "writer");
    writer.start();
    Awaitility.await("silence").during(PAUSE).atMost(NOTICED).until(writer::isAlive);
    hdfs.nameNode().resume();
    Awaitility.await("the write").atMost(NOTICED).until(() -> !writer.isAlive());
    assertThat(read(new Path("/paused"))).isEqualTo("x");
  }

  private static Map<String, String> fastHeartbeats() {
    return Map.of(
        "heartbeat.interval", "1000",
        "heartbeat.timeout", "4000",
        "state.checkpoints.dir", hdfs.uri() + "/checkpoints");
  }

  private static List<ManagedProcess> living(FlinkProcesses flink) {
    return List.of(
        hdfs.nameNode(), hdfs.dataNode(0), flink.jobManager(), flink.taskManagers().get(0));
  }

  private static void writeQuietly(Path path) {
    try {
      write(path, "x");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Path path, String text) throws IOException {
    try (FileSystem fs = hdfs.open();
        FSDataOutputStream out = fs.create(path, false)) {
      out.writeUTF(text);
      out.hsync();
    }
  }

  private static String read(Path path) throws IOException {
    try (FileSystem fs = hdfs.open();
        FSDataInputStream in = fs.open(path)) {
      return in.readUTF();
    }
  }
}
