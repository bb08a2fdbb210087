package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.MetadataBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scrubbing, and a ledger that is lost and made anew, on a real NameNode and DataNode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LostLedgerIT {
  private static final String NEWER = "a".repeat(32);
  private static final String OLDER = "b".repeat(32);

  private MiniDFSCluster hdfs;
  private FileSystem fs;
  @TempDir private java.nio.file.Path directory;
  private ClusterStub cluster;
  private String root;
  private Site site;

  @BeforeAll
  void startHdfs(@TempDir java.nio.file.Path data) throws IOException {
    Configuration conf = new Configuration();
    conf.setInt("dfs.replication", 1);
    conf.set("fs.automatic.close", "false");
    hdfs = new MiniDFSCluster.Builder(conf, data.toFile()).numDataNodes(1).build();
    hdfs.waitActive();
    fs = hdfs.getFileSystem();
  }

  @AfterAll
  void stopHdfs() {
    hdfs.shutdown(true);
  }

  @BeforeEach
  void aStorageWithTwoSavepoints() throws IOException {
    cluster = new ClusterStub();
    cluster.empty();
    root = hdfs.getURI() + "/" + UUID.randomUUID();
    site = site("one");
    writeSavepoint(OLDER, 1_000);
    writeSavepoint(NEWER, 2_000);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void aGarbledLedgerIsRebuiltFromTheSavepointsAndTheOldOneKept() throws IOException {
    assertThat(rebuild(true)).contains("2 savepoints taken in, 0 jobs held");
    append(ledger("0000000001.jsonl"), "garbage\n");
    assertThat(serve("GET", "/savepoints", Map.of())).contains("the ledger can't be read");

    assertThat(rebuild(false))
        .contains("it can't be read: ")
        .contains("would be made anew")
        .contains("Nothing was changed");
    assertThat(serve("GET", "/savepoints", Map.of())).contains("the ledger can't be read");
    assertThat(rebuild(true)).contains("\"done\"").contains("ledger-lost-").contains("pin");

    String savepoints = serve("GET", "/savepoints", Map.of());
    assertThat(savepoints.indexOf("\"id\":\"" + NEWER))
        .isNotNegative()
        .isLessThan(savepoints.indexOf("\"id\":\"" + OLDER));
    assertThat(savepoints).contains("\"takenAt\":\"1970-01-01T00:00:02Z\"");
    assertThat(text(lostFiles().get(0))).endsWith("garbage\n");
    assertThat(scrub()).contains("\"findings\":[]");
    assertThat(rebuild(true)).contains("\"refused\"").contains("--discard");
  }

  @Test
  void aLedgerWithoutItsFirstSegmentIsRebuiltToo() throws IOException {
    rebuild(true);
    serve("POST", "/prune", Map.of());
    assertThat(fs.delete(ledger("snapshot-0000000001.jsonl"), false)).isFalse();
    assertThat(fs.delete(ledger("0000000001.jsonl"), false)).isTrue();
    assertThat(serve("GET", "/savepoints", Map.of())).contains("is missing");

    assertThat(rebuild(true)).contains("\"done\"");

    assertThat(serve("GET", "/savepoints", Map.of())).contains(NEWER, OLDER);
    assertThat(lostFiles()).hasSize(1);
  }

  @Test
  void aJobWithoutASavepointIsHeldAndNotStartedWithoutState() throws IOException {
    assertThat(fs.delete(new Path(root), true)).isTrue();

    assertThat(rebuild(true)).contains("0 savepoints taken in, 1 jobs held");

    try (RunningDaemon daemon = new RunningDaemon(site)) {
      daemon.awaitJobBeing("held");
      assertThat(daemon.status().jobs().get(0).detail())
          .contains("its history was lost with the ledger");
    }
  }

  @Test
  void nothingIsRebuiltUnderADaemon() throws IOException {
    try (RunningDaemon daemon = new RunningDaemon(site)) {
      daemon.awaitBeing("active");

      Site.Reply reply =
          site.serveAlone("POST", "/ledger-rebuild", Map.of("yes", "true", "discard", "true"));

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json()).contains("the ledger is held by");
      assertThat(lostFiles()).isEmpty();
    }
  }

  @Test
  void aDamagedSavepointIsQuarantinedAndTakenBackOnceItIsWholeAgain() throws IOException {
    rebuild(true);
    Path metadata = new Path(savepoint(NEWER), "_metadata");
    Path elsewhere = new Path(root + "-elsewhere");
    assertThat(fs.rename(metadata, elsewhere)).isTrue();

    assertThat(scrub()).contains("\"kind\":\"missing\"").contains("\"result\":null");
    assertThat(scrub("repair")).contains("\"result\":\"done\"").contains("is quarantined");
    assertThat(scrub("repair")).contains("\"kind\":\"quarantined\"").contains("\"result\":null");

    assertThat(fs.rename(elsewhere, metadata)).isTrue();
    assertThat(scrub("repair", "deep"))
        .contains("\"kind\":\"recovered\"")
        .contains("\"result\":\"done\"");
    assertThat(scrub("deep")).contains("\"findings\":[]");
  }

  private Site site(String name) throws IOException {
    return new Place(directory, cluster).site(name, "savepointd.storage.root = \"" + root + "\"");
  }

  private String rebuild(boolean yes) {
    return serve("POST", "/ledger-rebuild", Map.of("yes", String.valueOf(yes)));
  }

  private String scrub(String... flags) {
    Map<String, String> query = new HashMap<>();
    List.of(flags).forEach(flag -> query.put(flag, "true"));
    return serve("POST", "/scrub", query);
  }

  private String serve(String method, String path, Map<String, String> query) {
    return site.serveAlone(method, path, query).json();
  }

  private Path savepoint(String trigger) {
    return new Path(root + "/averaging/" + trigger + "/savepoint-000001-0123456789ab");
  }

  private void writeSavepoint(String trigger, long writtenAt) throws IOException {
    Path metadata = new Path(savepoint(trigger), "_metadata");
    try (OutputStream out = fs.create(metadata)) {
      out.write(MetadataBytes.of());
    }
    fs.setTimes(metadata, writtenAt, -1);
  }

  private Path ledger(String name) {
    return new Path(root + "/.savepointd/ledger/" + name);
  }

  private void append(Path file, String text) throws IOException {
    String before = text(file);
    try (OutputStream out = fs.create(file)) {
      out.write((before + text).getBytes(StandardCharsets.UTF_8));
    }
  }

  private String text(Path file) throws IOException {
    try (var in = fs.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> lostFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (FileStatus status : fs.listStatus(new Path(root + "/.savepointd"))) {
      if (status.getPath().getName().startsWith("ledger-lost-")) {
        for (FileStatus file : fs.listStatus(status.getPath())) {
          files.add(file.getPath());
        }
      }
    }
    return files;
  }
}
