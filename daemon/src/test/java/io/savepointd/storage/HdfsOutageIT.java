package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.StateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the store says while HDFS is down, hangs or has lost bytes; and how soon. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsOutageIT {
  private static final Duration SOON = Duration.ofSeconds(25);

  private HdfsWorld hdfs;
  private int test;
  private SavepointStore store;
  private String savepoint;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    hdfs = new HdfsWorld(directory);
  }

  @AfterAll
  void stop() {
    hdfs.close();
  }

  @BeforeEach
  void plant() throws IOException {
    test++;
    store = open(hdfs.uri() + "/root");
    savepoint = store.root() + "/averaging/1/savepoint-" + test;
    hdfs.write(savepoint + "/a", "12345");
    hdfs.write(savepoint + "/_metadata", TextMetadata.of(new StateFile("a", 5, true)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static SavepointStore open(String root) throws IOException {
    return HadoopSavepointStore.open(root, Optional.empty(), new TextMetadata());
  }

  @Test
  void worksAgainOnceTheNameNodeIsBack() throws IOException {
    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Good.class);
    hdfs.cluster().shutdownNameNode(0);

    // The first call finds its connection broken, the second finds no one to connect to.
    assertUnavailableSoon(store, savepoint, "localhost");
    assertUnavailableSoon(store, savepoint, "Connection refused");

    hdfs.cluster().restartNameNode(0, true);
    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void worksAgainOnceTheDataNodeIsBack() throws IOException {
    DataNodeProperties dataNode = hdfs.cluster().stopDataNode(0);

    assertUnavailableSoon(store, savepoint, "BlockMissingException");
    assertThatThrownBy(() -> store.verifyDeep(savepoint))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining("BlockMissingException");

    assertThat(hdfs.cluster().restartDataNode(dataNode, true)).isTrue();
    hdfs.cluster().waitActive();
    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Good.class);
  }

  /** The NameNode no longer counts its replica by then: it knows of none. */
  @Test
  void onlyDataNodeThatIsGivenUpHasLostNothingYet() throws IOException {
    DataNodeProperties dataNode = hdfs.cluster().stopDataNode(0);
    hdfs.cluster().setDataNodeDead(dataNode.getDatanode().getDatanodeId());

    assertUnavailableSoon(store, savepoint, "BlockMissingException");
    assertThatThrownBy(() -> store.verifyDeep(savepoint)).isInstanceOf(StorageUnavailable.class);

    assertThat(hdfs.cluster().restartDataNode(dataNode, true)).isTrue();
    hdfs.cluster().waitActive();
    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void metadataWhoseBytesHaveRottenIsDamaged() throws IOException {
    ExtendedBlock block =
        DFSTestUtil.getFirstBlock(hdfs.fileSystem(), HdfsWorld.path(savepoint + "/_metadata"));
    hdfs.cluster().corruptReplica(0, block);

    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Damaged.class);
  }

  @Test
  void doesNotWaitLongForANameNodeThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SavepointStore hanging = open("hdfs://localhost:" + silent.getLocalPort() + "/root")) {
      assertUnavailableSoon(hanging, hanging.root() + "/x/y", "timeout");
    }
  }

  private static void assertUnavailableSoon(SavepointStore store, String path, String reason) {
    long before = System.nanoTime();
    assertThatThrownBy(() -> store.verify(path))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining(path)
        .hasMessageContaining(reason);
    Duration took = Duration.ofNanos(System.nanoTime() - before);
    assertThat(took).isLessThan(SOON);
  }
}
