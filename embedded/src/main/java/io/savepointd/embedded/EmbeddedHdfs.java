package io.savepointd.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One NameNode and one DataNode in this process, on free loopback ports; formatted at each start.
 */
final class EmbeddedHdfs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedHdfs.class);

  private final MiniDFSCluster cluster;
  private final Configuration conf;

  private EmbeddedHdfs(MiniDFSCluster cluster, Configuration conf) {
    this.cluster = cluster;
    this.conf = conf;
  }

  /** Returns once the NameNode answers; files can be written after {@link #startDataNode}. */
  static EmbeddedHdfs startNameNode(Path dir) throws IOException {
    Configuration conf = new Configuration();
    conf.setInt("dfs.replication", 1);
    // Only this user's processes see the loopback ports; a demo must not depend on who that is.
    conf.setBoolean("dfs.permissions.enabled", false);
    // The scanners look after disks; here they would only cost threads.
    conf.setInt("dfs.datanode.scan.period.hours", -1);
    conf.setInt("dfs.datanode.directoryscan.interval", -1);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(conf, dir.toFile()).numDataNodes(0).format(true).build();
    return new EmbeddedHdfs(cluster, conf);
  }

  /** Returns once files can be written. */
  void startDataNode() throws IOException {
    cluster.startDataNodes(conf, 1, true, null, null);
    cluster.waitActive();
  }

  /** By address rather than by name, so that every client writes the same authority. */
  URI uri() {
    return URI.create("hdfs://127.0.0.1:" + cluster.getNameNodePort());
  }

  @Override
  public void close() {
    try {
      cluster.shutdown();
    } catch (IllegalStateException e) {
      // After SIGTERM Hadoop can't take back its shutdown hooks: it ends with the process instead.
      LOG.debug("event=hdfs.shutdown-with-process", e);
    }
  }
}
