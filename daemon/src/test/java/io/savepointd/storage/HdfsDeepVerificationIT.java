package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.StateFile;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.hdfs.DFSTestUtil;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.hdfs.protocol.ExtendedBlock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a deep look says when bytes rot on the DataNodes' disks, or their DataNodes are down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsDeepVerificationIT {
  private static final int LENGTH = 700_000;
  private static final int ROTTEN = 600_000;

  private HdfsWorld hdfs;
  private int test;
  private SavepointStore store;
  private String savepoint;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    hdfs = new HdfsWorld(directory, 2);
  }

  @AfterAll
  void stop() {
    hdfs.close();
  }

  @BeforeEach
  void open() throws IOException {
    test++;
    store = HadoopSavepointStore.open(hdfs.uri() + "/root", Optional.empty(), new TextMetadata());
    savepoint = store.root() + "/averaging/1/savepoint-" + test;
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void plant(int replicas) throws IOException {
    hdfs.write(state(), "x".repeat(LENGTH), replicas);
    hdfs.write(metadata(), TextMetadata.of(new StateFile("a", LENGTH, true)), replicas);
  }

  private String state() {
    return savepoint + "/a";
  }

  private String metadata() {
    return savepoint + "/_metadata";
  }

  /** Flips one bit of every replica that the first {@code dataNodes} DataNodes hold. */
  private void flipBit(String file, int at, int dataNodes) throws IOException {
    ExtendedBlock block = DFSTestUtil.getFirstBlock(hdfs.fileSystem(), HdfsWorld.path(file));
    MiniDFSCluster cluster = hdfs.cluster();
    int flipped = 0;
    for (int node = 0; node < dataNodes; node++) {
      File replica = cluster.getBlockFile(node, block);
      if (replica != null) {
        flipBit(replica, at);
        flipped++;
      }
    }
    assertThat(flipped).isPositive();
  }

  private static void flipBit(File file, int at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file, "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
  }

  @Test
  void wholeSavepointIsGood() throws IOException {
    plant(2);

    assertThat(store.verifyDeep(savepoint)).isEqualTo(store.verify(savepoint));
    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void flippedBitInStateIsFoundByTheDeepLookAlone() throws IOException {
    plant(1);
    flipBit(state(), ROTTEN, 2);

    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Good.class);
    assertThat(store.verifyDeep(savepoint))
        .isInstanceOfSatisfying(
            Verification.Damaged.class,
            damaged ->
                assertThat(damaged.reason())
                    .matches(".*" + state() + " can't be read from byte [1-9][0-9]{5} on: .*"));
  }

  @Test
  void flippedBitInMetadataIsFoundByEitherLook() throws IOException {
    plant(1);
    flipBit(metadata(), 3, 2);

    assertThat(store.verify(savepoint)).isInstanceOf(Verification.Damaged.class);
    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Damaged.class);
  }

  @Test
  void oneGoodReplicaIsEnough() throws IOException {
    plant(2);
    flipBit(state(), ROTTEN, 1);

    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Good.class);
  }

  @Test
  void bitsFlippedInAllReplicasAreDamage() throws IOException {
    plant(2);
    flipBit(state(), ROTTEN, 2);

    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Damaged.class);
  }

  @Test
  void badReplicaIsNoProofWhileTheOtherDataNodeIsDown() throws IOException {
    plant(2);
    flipBit(state(), ROTTEN, 1);
    flipBit(metadata(), 3, 1);
    DataNodeProperties down = hdfs.cluster().stopDataNode(1);
    try {
      assertThatThrownBy(() -> store.verify(savepoint)).isInstanceOf(StorageUnavailable.class);
      assertThatThrownBy(() -> store.verifyDeep(savepoint))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining(savepoint);

      // From now on the NameNode has given it up, and only the bad replica counts for it.
      hdfs.cluster().setDataNodeDead(down.getDatanode().getDatanodeId());
      assertThatThrownBy(() -> store.verifyDeep(savepoint)).isInstanceOf(StorageUnavailable.class);
    } finally {
      assertThat(hdfs.cluster().restartDataNode(down, true)).isTrue();
      hdfs.cluster().waitActive();
    }
    assertThat(store.verifyDeep(savepoint)).isInstanceOf(Verification.Good.class);
  }
}
