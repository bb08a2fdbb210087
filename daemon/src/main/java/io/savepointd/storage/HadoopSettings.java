package io.savepointd.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Hadoop's configuration for calls that must come back soon: about ten seconds each where Hadoop's
 * defaults allow two minutes and more. Nothing that writes may share these bounds: the lease
 * renewer would give up with them and take open streams along.
 */
final class HadoopSettings {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int PING_MILLIS = 4_000;
  private static final int CALL_MILLIS = 8_000;

  private HadoopSettings() {}

  /**
   * Reads {@code core-site.xml} and {@code hdfs-site.xml} and puts the bounds over them.
   *
   * @throws IllegalArgumentException if the directory holds neither
   */
  static Configuration load(Optional<Path> directory) {
    Configuration configuration = new Configuration();
    directory.ifPresent(from -> addSites(configuration, from));
    bound(configuration);
    // No .crc files beside Flink's own, which Flink wouldn't know and would leave behind.
    configuration.setClass("fs.file.impl", RawLocalFileSystem.class, FileSystem.class);
    // Whoever opens closes: Hadoop's shutdown hook would race the daemon's own end.
    configuration.setBoolean(CommonConfigurationKeysPublic.FS_AUTOMATIC_CLOSE_KEY, false);
    return configuration;
  }

  /** Whether the site files say that HDFS wants to see a ticket. */
  static boolean asksForKerberos(Configuration configuration) {
    return "kerberos"
        .equalsIgnoreCase(
            configuration.getTrimmed(CommonConfigurationKeysPublic.HADOOP_SECURITY_AUTHENTICATION));
  }

  private static void addSites(Configuration configuration, Path directory) {
    boolean found = false;
    for (String name : new String[] {"core-site.xml", "hdfs-site.xml"}) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
        found = true;
      }
    }
    if (!found) {
      throw new IllegalArgumentException(
          "HADOOP_CONF_DIR "
              + directory
              + " has neither core-site.xml nor hdfs-site.xml: point it at the cluster's"
              + " configuration or unset it");
    }
  }

  private static void bound(Configuration configuration) {
    configuration.setInt("ipc.client.connect.timeout", CONNECT_MILLIS);
    configuration.setInt("ipc.client.connect.max.retries", 1);
    configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    // Each of these waits up to five seconds (Client.handleSaslConnectionFailure).
    configuration.setInt("ipc.client.connect.max.retries.on.sasl", 1);
    configuration.setInt("ipc.ping.interval", PING_MILLIS);
    configuration.setInt("ipc.client.rpc-timeout.ms", CALL_MILLIS);
    configuration.setBoolean("dfs.client.retry.policy.enabled", false);
    configuration.setInt("dfs.client.failover.max.attempts", 3);
    configuration.setInt("dfs.client.failover.sleep.max.millis", 1_500);
    // Reading _metadata from DataNodes: three rounds over the replicas, at most some seconds apart.
    configuration.setInt("dfs.client.socket-timeout", CALL_MILLIS);
    configuration.setInt("dfs.client.retry.window.base", 500);
  }
}
