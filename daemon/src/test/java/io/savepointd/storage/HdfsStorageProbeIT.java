package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.savepointd.model.JobName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.SafeModeAction;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HdfsStorageProbeIT extends StorageProbeContract {
  @TempDir private static Path directory;
  private static HdfsWorld world;

  @BeforeAll
  static void start() throws IOException {
    world = new HdfsWorld(directory);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void removeAll() throws IOException {
    world.fileSystem().delete(HdfsWorld.path("/data"), true);
  }

  @Override
  String root() {
    return world.uri() + "/data/root";
  }

  @Override
  void write(String path, String content) throws IOException {
    world.write(path, content);
  }

  @Override
  void touch(String path, Instant modifiedAt) throws IOException {
    world.fileSystem().setTimes(HdfsWorld.path(path), modifiedAt.toEpochMilli(), -1);
  }

  @Override
  Map<String, String> tree() throws IOException {
    return new TreeMap<>(world.tree(world.uri() + "/"));
  }

  @Test
  void takesALeaseFromItsFirstHolder() throws IOException {
    probe().write();

    assertThat(probe().guard())
        .isInstanceOfSatisfying(
            StorageProbe.Guard.Lease.class,
            lease -> assertThat(lease.took()).isLessThan(Duration.ofSeconds(12)));
  }

  @Test
  void countsTheDataNodesThatTookPart() throws IOException {
    StorageProbe.Written written = probe().write();

    assertThat(written.copiesWanted()).isEqualTo(3);
    assertThat(written.copiesMade()).isEqualTo(1);
  }

  @Test
  void seesSafeMode() throws IOException {
    world.fileSystem().setSafeMode(SafeModeAction.ENTER);
    try {
      assertThat(probe().safeMode()).isTrue();
      assertThatThrownBy(() -> probe().write())
          .isInstanceOfSatisfying(
              StorageFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.SAFE_MODE));
    } finally {
      world.fileSystem().setSafeMode(SafeModeAction.LEAVE);
    }
  }

  @Test
  void seesQuotasAndThatOneIsExceeded() throws IOException {
    world.makeDirectory(root());
    world.fileSystem().setQuota(HdfsWorld.path(root()), 2, 1 << 20);

    assertThat(probe().space().quotas())
        .extracting(StorageProbe.Quota::of, StorageProbe.Quota::limit)
        .containsExactly(tuple("bytes", 1L << 20), tuple("names", 2L));
    assertThatThrownBy(() -> probe().write())
        .isInstanceOfSatisfying(
            StorageFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.FULL));
  }

  /** What Flink's user has written is closed to another one who may read it all. */
  @Test
  void saysWhoIsDeniedWhatAndWhere() throws Exception {
    String savepoint = root() + "/averaging/0123456789abcdef0123456789abcdef/savepoint-a";
    write(savepoint + "/_metadata", "state");
    world.fileSystem().setPermission(HdfsWorld.path(root()), new FsPermission((short) 0777));
    Map<String, String> before = tree();
    UserGroupInformation somebody = UserGroupInformation.createRemoteUser("somebody");

    StorageProbe denied = as(somebody);
    try {
      assertThat(denied.closedTo(Set.of(new JobName("averaging"))))
          .containsExactly(root() + "/averaging");
      world.fileSystem().setPermission(HdfsWorld.path(root()), new FsPermission((short) 0755));
      assertThatThrownBy(denied::write)
          .isInstanceOfSatisfying(
              StorageFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.DENIED))
          .hasMessageContaining(
              "permission denied for user somebody: WRITE on /data/root (drwxr-x");
    } finally {
      denied.close();
    }
    assertThat(tree()).isEqualTo(before);
  }

  private StorageProbe as(UserGroupInformation user) throws Exception {
    return user.doAs(
        (PrivilegedExceptionAction<StorageProbe>)
            () -> HadoopStorageProbe.open(root(), Optional.empty(), 0, Clock.systemUTC()));
  }

  @Test
  void saysThatNobodyAnswers() throws IOException {
    try (StorageProbe nowhere =
        HadoopStorageProbe.open(
            "hdfs://127.0.0.1:1/root", Optional.empty(), 0, Clock.systemUTC())) {
      assertThatThrownBy(nowhere::reach)
          .isInstanceOfSatisfying(
              StorageFault.class,
              fault -> assertThat(fault.kind()).isEqualTo(StorageFault.Kind.UNREACHABLE));
    }
  }
}
