package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSettingsTest {
  @TempDir private Path directory;

  private void site(String name, Map<String, String> properties) throws IOException {
    Files.writeString(
        directory.resolve(name),
        properties.entrySet().stream()
            .map(
                entry ->
                    "<property><name>%s</name><value>%s</value></property>"
                        .formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n", "<configuration>", "</configuration>")));
  }

  @Test
  void readsBothSiteFiles() throws IOException {
    site("core-site.xml", Map.of("fs.defaultFS", "hdfs://one:9000"));
    site("hdfs-site.xml", Map.of("dfs.client.use.datanode.hostname", "true"));

    Configuration configuration = HadoopSettings.load(Optional.of(directory));

    assertThat(configuration.get("fs.defaultFS")).isEqualTo("hdfs://one:9000");
    assertThat(configuration.getBoolean("dfs.client.use.datanode.hostname", false)).isTrue();
  }

  @Test
  void boundsCallsWhateverTheSiteSays() throws IOException {
    site(
        "core-site.xml",
        Map.of("ipc.client.rpc-timeout.ms", "0", "ipc.client.connect.max.retries", "50"));
    site("hdfs-site.xml", Map.of("dfs.client.retry.policy.enabled", "true"));

    Configuration configuration = HadoopSettings.load(Optional.of(directory));

    assertThat(configuration.getInt("ipc.client.rpc-timeout.ms", 0)).isBetween(1, 10_000);
    assertThat(configuration.getInt("ipc.client.connect.max.retries", 0)).isEqualTo(1);
    assertThat(configuration.getBoolean("dfs.client.retry.policy.enabled", true)).isFalse();
  }

  @Test
  void leavesTheEndToWhoeverOpened() {
    assertThat(HadoopSettings.load(Optional.empty()).getBoolean("fs.automatic.close", true))
        .isFalse();
  }

  @Test
  void refusesADirectoryWithoutEither() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HadoopSettings.load(Optional.of(directory)))
        .withMessageContaining("HADOOP_CONF_DIR " + directory);
  }

  @Test
  void logicalNameOfSeveralNameNodesMakesARoot() throws IOException {
    site(
        "hdfs-site.xml",
        Map.of(
            "dfs.nameservices", "pair",
            "dfs.ha.namenodes.pair", "a,b",
            "dfs.namenode.rpc-address.pair.a", "localhost:1",
            "dfs.namenode.rpc-address.pair.b", "localhost:2",
            "dfs.client.failover.proxy.provider.pair",
                "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider"));

    try (SavepointStore store =
        HadoopSavepointStore.open(
            "hdfs://pair/savepoints", Optional.of(directory), new TextMetadata())) {
      assertThat(store.root()).isEqualTo("hdfs://pair/savepoints");
    }
  }

  @Test
  void defaultFileSystemCompletesARootWithoutAuthority() throws IOException {
    site("core-site.xml", Map.of("fs.defaultFS", "hdfs://localhost:1"));

    try (SavepointStore store =
        HadoopSavepointStore.open(
            "hdfs:///savepoints", Optional.of(directory), new TextMetadata())) {
      assertThat(store.root()).isEqualTo("hdfs://localhost:1/savepoints");
    }
  }
}
