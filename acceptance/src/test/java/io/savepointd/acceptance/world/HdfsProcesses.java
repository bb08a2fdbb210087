package io.savepointd.acceptance.world;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsConstants.DatanodeReportType;
import org.awaitility.Awaitility;

/**
 * A NameNode and DataNodes, each a process of its own, which keep their ports and directories for
 * their later lives. What the two {@code launch} methods do is seen by {@link #awaitWritable}.
 */
public final class HdfsProcesses implements AutoCloseable {

  private static final String NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode";
  private static final String DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode";
  private static final Pattern RPC_UP = Pattern.compile("RPC up at: \\S*127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern DATA_UP =
      Pattern.compile("Opened streaming server at \\S*127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern IPC_UP =
      Pattern.compile("Opened IPC server at \\S*127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START = Duration.ofSeconds(90);
  private static final int HEAP_MIB = 128;

  private final Path dir;
  private final HdfsSecurity security;
  private final HdfsConf conf;
  private final List<ManagedProcess> dataNodes = new ArrayList<>();
  private ManagedProcess nameNode;

  private HdfsProcesses(Path dir, HdfsSecurity security) {
    this.dir = dir;
    this.security = security;
    this.conf = new HdfsConf(dir, security.settings());
  }

  /** Formats and starts one with one DataNode; returns once files can be written. */
  public static HdfsProcesses start(Path dir) throws IOException {
    return start(dir, 1);
  }

  /** As {@link #start(Path)}, with so many DataNodes. */
  public static HdfsProcesses start(Path dir, int dataNodes) throws IOException {
    return start(dir, dataNodes, HdfsSecurity.NONE);
  }

  /** As {@link #start(Path, int)}, with that security. */
  public static HdfsProcesses start(Path dir, int dataNodes, HdfsSecurity security)
      throws IOException {
    HdfsProcesses hdfs = new HdfsProcesses(dir.resolve("hdfs"), security);
    try {
      hdfs.format();
      hdfs.conf.replication(dataNodes);
      hdfs.startNameNode();
      for (int i = 0; i < dataNodes; i++) {
        hdfs.dataNodes.add(hdfs.newDataNode(i));
      }
      for (int i = 0; i < dataNodes; i++) {
        hdfs.awaitPorts(i);
      }
      hdfs.awaitWritable(dataNodes);
      return hdfs;
    } catch (IOException | RuntimeException | Error e) {
      hdfs.close();
      throw e;
    }
  }

  private void format() throws IOException {
    conf.writeNameNode();
    try (ManagedProcess format =
        server(NAME_NODE, "-format", "-nonInteractive").start("format", dir)) {
      int code = format.awaitExit(START);
      if (code != 0) {
        throw new IOException("formatting HDFS ended with " + code + ": see " + dir);
      }
    }
  }

  /** Starts the NameNode, again on its port; returns once it answers. */
  public void startNameNode() throws IOException {
    launchNameNode();
    String port = nameNode.await(JavaServer.log("namenode", dir), RPC_UP, START).group(1);
    conf.port(Integer.parseInt(port));
  }

  /** As {@link #startNameNode}, but returns before it answers. */
  public void launchNameNode() throws IOException {
    if (nameNode != null) {
      nameNode.close();
    }
    nameNode = server(NAME_NODE).start("namenode", dir);
  }

  /**
   * Starts the DataNode of that number, counted from 0, on the blocks and ports it had; returns
   * once it has bound these.
   */
  public void startDataNode(int number) throws IOException {
    launchDataNode(number);
    awaitPorts(number);
  }

  /** As {@link #startDataNode}, but returns before it has bound anything. */
  public void launchDataNode(int number) throws IOException {
    dataNodes.get(number).close();
    dataNodes.set(number, newDataNode(number));
  }

  private ManagedProcess newDataNode(int number) throws IOException {
    conf.writeDataNode(number);
    return new JavaServer(
            Folders.hadoop(),
            conf.dataNodeDir(number),
            security.jvmOptions(),
            DATA_NODE,
            HEAP_MIB,
            List.of())
        .start(dataNodeName(number), dir);
  }

  private void awaitPorts(int number) {
    Path log = JavaServer.log(dataNodeName(number), dir);
    ManagedProcess dataNode = dataNodes.get(number);
    int data = Integer.parseInt(dataNode.await(log, DATA_UP, START).group(1));
    int ipc = Integer.parseInt(dataNode.await(log, IPC_UP, START).group(1));
    conf.dataNodePorts(number, new HdfsConf.DataNodePorts(data, ipc));
  }

  private static String dataNodeName(int number) {
    return "datanode-" + number;
  }

  private JavaServer server(String mainClass, String... args) {
    return new JavaServer(
        Folders.hadoop(), conf.dir(), security.jvmOptions(), mainClass, HEAP_MIB, List.of(args));
  }

  /** Waits for so many living DataNodes and for the end of safe mode. */
  public void awaitWritable(int living) throws IOException {
    try (FileSystem fs = open()) {
      DistributedFileSystem hdfs = (DistributedFileSystem) fs;
      Awaitility.await("HDFS to be writable")
          .atMost(START)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () ->
                  hdfs.getDataNodeStats(DatanodeReportType.LIVE).length >= living
                      && !hdfs.isInSafeMode());
    }
  }

  public URI uri() {
    return conf.uri();
  }

  /** A folder that can be a client's {@code HADOOP_CONF_DIR}. */
  public Path confDir() {
    return conf.dir();
  }

  /** A client of the caller's own, to be closed by it. */
  public FileSystem open() throws IOException {
    return security.open(uri(), confDir());
  }

  public ManagedProcess nameNode() {
    return nameNode;
  }

  public ManagedProcess dataNode(int number) {
    return dataNodes.get(number);
  }

  @Override
  public void close() {
    dataNodes.forEach(ManagedProcess::close);
    if (nameNode != null) {
      nameNode.close();
    }
  }
}
