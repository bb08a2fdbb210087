package io.savepointd.job;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink in this process with its REST endpoint, of whatever version the class path has. */
final class TestCluster {
  private final MiniCluster cluster;
  private final Rest rest;

  private TestCluster(MiniCluster cluster, URI address) {
    this.cluster = cluster;
    this.rest = new Rest(address);
  }

  static TestCluster start(Path directory) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("rest.address", "localhost");
    configuration.setString("rest.bind-port", "0");
    configuration.setString("web.upload.dir", directory.resolve("web").toString());
    configuration.setString("io.tmp.dirs", directory.resolve("tmp").toString());
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "3");
    configuration.setString("restart-strategy.fixed-delay.delay", "100 ms");
    configuration.setString("metrics.fetcher.update-interval", "200");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    return new TestCluster(cluster, cluster.getRestAddress().get(20, TimeUnit.SECONDS));
  }

  Rest rest() {
    return rest;
  }

  /** Ends the only TaskManager as a crash would, and starts another. */
  void replaceTaskManager(int number) throws Exception {
    cluster.terminateTaskManager(number).get(30, TimeUnit.SECONDS);
    cluster.startTaskManager();
  }

  void stop() throws Exception {
    cluster.closeAsync().get(60, TimeUnit.SECONDS);
  }
}
