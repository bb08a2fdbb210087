package io.savepointd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.JobName;
import io.savepointd.model.StateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.StorageStatistics;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsSavepointStoreIT extends SavepointStoreContract {
  private HdfsWorld hdfs;
  private int test;
  private SavepointStore store;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    hdfs = new HdfsWorld(directory);
  }

  @AfterAll
  void stop() {
    hdfs.close();
  }

  @BeforeEach
  void open() throws IOException {
    test++;
    store = openStore();
  }

  private SavepointStore openStore() throws IOException {
    return HadoopSavepointStore.open(world() + "/root/", Optional.empty(), new TextMetadata());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private String world() {
    return hdfs.uri() + "/world-" + test;
  }

  @Override
  SavepointStore store() {
    return store;
  }

  @Override
  void write(String path, String content) throws IOException {
    hdfs.write(path, content);
  }

  @Override
  void makeDirectory(String path) throws IOException {
    hdfs.makeDirectory(path);
  }

  @Override
  Map<String, String> tree() throws IOException {
    return hdfs.tree(world());
  }

  private void plant() throws IOException {
    write(savepoint().path() + "/a", "12345");
    write(savepoint().path() + "/_metadata", TextMetadata.of(new StateFile("a", 5, true)));
  }

  @Test
  void oneListingServesForAllFiles() throws IOException {
    StateFile[] files =
        IntStream.range(0, 200)
            .mapToObj(i -> new StateFile("state-" + i, 0, true))
            .toArray(StateFile[]::new);
    for (StateFile file : files) {
      write(savepoint().path() + "/" + file.path(), "");
    }
    write(savepoint().path() + "/_metadata", TextMetadata.of(files));
    long listings = calls("op_list_status");
    long lookUps = calls("op_get_file_status");

    assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Good.class);

    assertThat(calls("op_list_status") - listings).isEqualTo(1);
    assertThat(calls("op_get_file_status") - lookUps).isZero();
  }

  private static long calls(String operation) {
    GlobalStorageStatistics all = FileSystem.getGlobalStorageStatistics();
    StorageStatistics ofHdfs = all.get("DFSOpsCountStatistics");
    return ofHdfs.getLong(operation);
  }

  @Test
  void openMetadataIsUnknownUntilClosed() throws IOException {
    plant();
    String content = TextMetadata.of(new StateFile("a", 5, true));
    try (FSDataOutputStream out =
        hdfs.fileSystem().create(HdfsWorld.path(savepoint().path() + "/_metadata"))) {
      out.write(content.getBytes(UTF_8));
      out.hsync();
      assertThatThrownBy(() -> store.verify(savepoint().path()))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining("_metadata is still open for writing");
    }
    assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Good.class);
  }

  @Test
  void shortFileIsUnknownWhileItIsWritten() throws IOException {
    plant();
    try (OutputStream out = hdfs.fileSystem().create(HdfsWorld.path(savepoint().path() + "/a"))) {
      out.write("12345".getBytes(UTF_8));
      assertThatThrownBy(() -> store.verify(savepoint().path()))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining("/a is still open for writing");
    }
    assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Good.class);
  }

  @Test
  void safeModeLetsLookButNotDelete() throws IOException {
    plant();
    Map<String, String> before = tree();
    hdfs.fileSystem().setSafeMode(SafeModeAction.ENTER);
    try {
      assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Good.class);
      assertThatThrownBy(() -> store.delete(savepoint()))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining(savepoint().path())
          .hasMessageContaining("safe mode");
    } finally {
      hdfs.fileSystem().setSafeMode(SafeModeAction.LEAVE);
    }
    assertThat(tree()).isEqualTo(before);
    store.delete(savepoint());
    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void deniedAccessIsUnavailableRatherThanMissing() throws Exception {
    plant();
    Map<String, String> before = tree();
    hdfs.fileSystem()
        .setPermission(HdfsWorld.path(store.root() + "/averaging"), new FsPermission((short) 0700));
    UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
    try (SavepointStore strangers =
        stranger.doAs((PrivilegedExceptionAction<SavepointStore>) this::openStore)) {
      assertThatThrownBy(() -> strangers.verify(savepoint().path()))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining("Permission denied: user=stranger");
      assertThatThrownBy(() -> strangers.anythingUnder(new JobName("averaging")))
          .isInstanceOf(StorageUnavailable.class);
      assertThatThrownBy(() -> strangers.delete(savepoint()))
          .isInstanceOf(StorageUnavailable.class);
    }
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void namesThatNeedEscapingElsewhereAreTakenAsTheyAre() throws IOException {
    write(savepoint().path() + "/a b%20c#d?e*{f}", "12345");
    write(
        savepoint().path() + "/_metadata",
        TextMetadata.of(new StateFile("a b%20c#d?e*{f}", 5, true)));

    assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Good.class);
  }
}
