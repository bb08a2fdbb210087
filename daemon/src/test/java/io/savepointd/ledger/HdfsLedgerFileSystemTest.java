package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsLedgerFileSystemTest {
  private static final String TIMEOUT = "ipc.client.rpc-timeout.ms";

  @TempDir Path confDir;

  @Test
  void isClosedByUsAloneAndOutlivesALostDataNode() {
    Configuration conf = HdfsLedgerFileSystem.configuration(Optional.empty());

    assertThat(conf.getBoolean("fs.automatic.close", true)).isFalse();
    assertThat(conf.get("dfs.client.block.write.replace-datanode-on-failure.best-effort"))
        .isEqualTo("true");
  }

  @Test
  void readsTheSiteFilesOfTheConfigurationDirectory() throws IOException {
    site("core-site.xml", "fs.defaultFS", "hdfs://ns1");
    site("hdfs-site.xml", "dfs.nameservices", "ns1");

    Configuration conf = HdfsLedgerFileSystem.configuration(Optional.of(confDir));

    assertThat(conf.get("fs.defaultFS")).isEqualTo("hdfs://ns1");
    assertThat(conf.get("dfs.nameservices")).isEqualTo("ns1");
  }

  @Test
  void aTimeoutThatWouldKillOpenStreamsIsNotTakenOver() throws IOException {
    site("core-site.xml", TIMEOUT, "8000");

    assertThat(timeout()).isEqualTo(120_000);
  }

  @Test
  void noTimeoutAtAllIsTakenOver() throws IOException {
    site("core-site.xml", TIMEOUT, "0");

    assertThat(timeout()).isZero();
  }

  private int timeout() {
    return HdfsLedgerFileSystem.configuration(Optional.of(confDir)).getInt(TIMEOUT, -1);
  }

  private void site(String file, String key, String value) throws IOException {
    Files.writeString(
        confDir.resolve(file),
        "<configuration><property><name>%s</name><value>%s</value></property></configuration>"
            .formatted(key, value));
  }
}
