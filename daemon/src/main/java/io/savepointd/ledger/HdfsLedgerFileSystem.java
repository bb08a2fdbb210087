package io.savepointd.ledger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;

/**
 * Makes the file system that a ledger has for itself. It must not share one with calls that are to
 * fail fast: the lease of an open stream is renewed under the same timeouts, and a stream whose
 * renewal times out is killed by its own client.
 */
final class HdfsLedgerFileSystem {
  private static final int RPC_TIMEOUT_MILLIS = 120_000;
  private static final List<String> SITE_FILES = List.of("core-site.xml", "hdfs-site.xml");

  private HdfsLedgerFileSystem() {}

  /** The segments in {@code directory}; refused where leases can't be recovered. */
  static HdfsSegments open(
      URI directory, Optional<java.nio.file.Path> hadoopConfDir, int replication)
      throws IOException {
    Path path = new Path(directory);
    FileSystem fs = FileSystem.newInstance(directory, configuration(hadoopConfDir));
    if (fs instanceof LeaseRecoverable leases
        && fs.hasPathCapability(path, CommonPathCapabilities.LEASE_RECOVERABLE)) {
      return new HdfsSegments(fs, leases, path, replication);
    }
    fs.close();
    throw new IOException(
        "the ledger can't be kept at "
            + directory
            + ": a file system of scheme '"
            + directory.getScheme()
            + "' has no leases that could keep two daemons apart; use hdfs: (or file: for a trial)");
  }

  static Configuration configuration(Optional<java.nio.file.Path> hadoopConfDir) {
    Configuration conf = new Configuration();
    hadoopConfDir.ifPresent(
        dir ->
            SITE_FILES.stream()
                .map(dir::resolve)
                .filter(Files::isRegularFile)
                .forEach(file -> conf.addResource(new Path(file.toUri()))));
    conf.setBoolean("fs.automatic.close", false);
    conf.setBoolean("dfs.client.block.write.replace-datanode-on-failure.best-effort", true);
    int timeout = conf.getInt("ipc.client.rpc-timeout.ms", RPC_TIMEOUT_MILLIS);
    if (timeout > 0 && timeout < RPC_TIMEOUT_MILLIS) {
      conf.setInt("ipc.client.rpc-timeout.ms", RPC_TIMEOUT_MILLIS);
    }
    return conf;
  }
}
