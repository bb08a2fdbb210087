package io.savepointd.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A session cluster in this process: REST and the web page on a free loopback port, one TaskManager
 * with four slots, checkpoints on HDFS.
 */
final class EmbeddedFlink implements AutoCloseable {

  private static final int SLOTS = 4;
  private static final long ADDRESS_DEADLINE_SECONDS = 30;
  private static final long CLOSE_DEADLINE_SECONDS = 8;

  private final MiniCluster cluster;
  private final URI rest;

  private EmbeddedFlink(MiniCluster cluster, URI rest) {
    this.cluster = cluster;
    this.rest = rest;
  }

  /**
   * Returns once REST answers.
   *
   * @param dir for uploaded jars and temporary files
   */
  static EmbeddedFlink start(Path dir, URI hdfs) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration(dir, hdfs))
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    try {
      cluster.start();
      URI rest = cluster.getRestAddress().get(ADDRESS_DEADLINE_SECONDS, TimeUnit.SECONDS);
      return new EmbeddedFlink(cluster, rest);
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  private static Configuration configuration(Path dir, URI hdfs) throws IOException {
    String temporary = Files.createDirectories(dir.resolve("tmp")).toString();
    String checkpoints = hdfs.resolve("/flink/checkpoints").toString();
    Configuration conf = new Configuration();
    conf.set(JobManagerOptions.ADDRESS, "127.0.0.1");
    conf.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    conf.set(TaskManagerOptions.HOST, "127.0.0.1");
    conf.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
    conf.set(RestOptions.ADDRESS, "127.0.0.1");
    conf.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    conf.set(RestOptions.BIND_PORT, "0");
    conf.set(CoreOptions.TMP_DIRS, temporary);
    conf.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
    conf.set(WebOptions.TMP_DIR, temporary);
    conf.set(WebOptions.UPLOAD_DIR, Files.createDirectories(dir.resolve("jars")).toString());
    conf.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    conf.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    conf.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    conf.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
    return conf;
  }

  URI rest() {
    return rest;
  }

  @Override
  public void close() throws IOException {
    try {
      cluster.closeAsync().get(CLOSE_DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Flink did not close; the process ends regardless", e);
    }
  }
}
