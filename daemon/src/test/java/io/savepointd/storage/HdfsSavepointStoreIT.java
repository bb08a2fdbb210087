package io.savepointd.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.JobName;
import io.savepointd.model.StateFile;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobalStorageStatistics;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.StorageStatistics;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
  void touch(String path, Instant modifiedAt) throws IOException {
    hdfs.fileSystem().setTimes(HdfsWorld.path(path), modifiedAt.toEpochMilli(), -1);
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
  void directoryThatNobodyMayReadIsUnavailableRatherThanEmpty() throws Exception {
    plant();
    Map<String, String> before = tree();
    org.apache.hadoop.fs.Path closed = HdfsWorld.path(directory());
    hdfs.fileSystem().setPermission(closed, new FsPermission((short) 0));
    UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
    try (SavepointStore strangers =
        stranger.doAs((PrivilegedExceptionAction<SavepointStore>) this::openStore)) {
      assertDenied(() -> strangers.verify(savepoint().path()));
      assertDenied(() -> strangers.verifyDeep(savepoint().path()));
      assertDenied(() -> strangers.savepointsIn(directory()));
      assertDenied(strangers::survey);
      assertDenied(() -> strangers.deleteTrigger(new JobName("averaging"), new TriggerId(ID)));
    } finally {
      hdfs.fileSystem().setPermission(closed, new FsPermission((short) 0755));
    }
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void stateFileThatNobodyMayReadIsUnavailableToADeepLook() throws Exception {
    plant();
    hdfs.fileSystem()
        .setPermission(HdfsWorld.path(savepoint().path() + "/a"), new FsPermission((short) 0));
    UserGroupInformation stranger = UserGroupInformation.createRemoteUser("stranger");
    try (SavepointStore strangers =
        stranger.doAs((PrivilegedExceptionAction<SavepointStore>) this::openStore)) {
      assertThat(strangers.verify(savepoint().path())).isInstanceOf(Verification.Good.class);
      assertDenied(() -> strangers.verifyDeep(savepoint().path()));
    }
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining("Permission denied: user=stranger");
  }

  @Test
  void deletesWhereTheSpaceQuotaIsUsedUp() throws IOException {
    plant();
    makeDirectory(store.root());
    // A byte less than what lies there: nothing more can be written, and room must still be made.
    hdfs.fileSystem().setQuota(HdfsWorld.path(store.root()), HdfsConstants.QUOTA_DONT_SET, 1);

    assertThatThrownBy(() -> write(store.root() + "/more", "1"))
        .isInstanceOf(DSQuotaExceededException.class);
    store.delete(savepoint());

    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void saysWhenTheNameQuotaLeavesNoRoomForATombstone() throws IOException {
    plant();
    Map<String, String> before = tree();
    org.apache.hadoop.fs.Path root = HdfsWorld.path(store.root());
    hdfs.fileSystem().setQuota(root, 1, HdfsConstants.QUOTA_DONT_SET);

    assertThatThrownBy(() -> store.delete(savepoint()))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining(savepoint().path())
        .hasMessageContaining("NSQuotaExceededException");
    assertThat(tree()).isEqualTo(before);

    hdfs.fileSystem().setQuota(root, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
    store.delete(savepoint());
    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void takesAnotherSpellingOfTheSameServer() throws IOException {
    plant();
    String spelled = savepoint().path().replace("localhost", "LOCALHOST");
    assertThat(spelled).isNotEqualTo(savepoint().path());
    write(
        savepoint().path() + "/_metadata", TextMetadata.of(new StateFile(spelled + "/a", 5, true)));

    assertThat(store.verify(spelled))
        .isInstanceOfSatisfying(
            Verification.Good.class, good -> assertThat(good.outside()).isEmpty());
    store.delete(savepoint(spelled));

    assertThat(tree().keySet()).noneMatch(path -> path.contains(ID));
  }

  @Test
  void namesThatTheNameNodeWouldNeverTakeAreDamage() throws IOException {
    write(
        savepoint().path() + "/_metadata",
        TextMetadata.of(new StateFile(beside() + "/a:b", 5, true)));

    assertThat(store.verify(savepoint().path())).isInstanceOf(Verification.Damaged.class);
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
