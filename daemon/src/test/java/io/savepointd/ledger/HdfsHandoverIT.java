package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Handing over, a full disk and a directory that may not be written, on a real NameNode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsHandoverIT {
  /** So long that a test which needed it would fail. */
  private static final Duration SILENCE = Duration.ofHours(1);

  private static final long SEGMENT = 1 << 20;

  private final List<AutoCloseable> clients = new ArrayList<>();
  private MiniDFSCluster hdfs;
  private URI root;

  @BeforeAll
  void startHdfs(@TempDir Path data) throws IOException {
    Configuration conf = new Configuration();
    conf.setInt("dfs.replication", 1);
    hdfs = new MiniDFSCluster.Builder(conf, data.toFile()).numDataNodes(1).build();
    hdfs.waitActive();
  }

  @AfterAll
  void stopHdfs() throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
    hdfs.shutdown(true);
  }

  @BeforeEach
  void newRoot() {
    root = hdfs.getURI().resolve("/" + UUID.randomUUID());
  }

  @Test
  void theLedgerIsHandedOverWithoutWaitingForSilence() throws Exception {
    LedgerDirectory a = directory("a", SEGMENT);
    LedgerDirectory b = directory("b", SEGMENT);
    Ledger first = a.tryOpen(lost -> {});
    first.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));
    BlockingQueue<Owner> asked = new LinkedBlockingQueue<>();
    LedgerDirectory.Watch watch = a.watchRequests(asked::add);

    b.requestHandover();
    assertThat(asked.poll(20, TimeUnit.SECONDS)).isNotNull();
    watch.close();
    first.close();

    assertThatThrownBy(() -> a.tryOpen(lost -> {}))
        .isInstanceOf(LedgerHeld.class)
        .hasMessageContaining("is being handed over to");
    try (Ledger second = b.tryOpen(lost -> {})) {
      assertThat(second.history().jobs()).isEqualTo(first.history().jobs());
      assertThat(names()).noneMatch(name -> name.contains("handover"));
    }
  }

  @Test
  void aLookForRequestsIsCheap() throws Exception {
    LedgerDirectory a = directory("a", SEGMENT);
    try (Ledger ledger = a.tryOpen(lost -> {})) {
      HandoverRequests requests = new HandoverRequests(context());
      requests.asked();
      long began = System.nanoTime();
      for (int i = 0; i < 500; i++) {
        assertThat(requests.asked()).isEmpty();
      }
      Duration each = Duration.ofNanos((System.nanoTime() - began) / 500);
      System.getLogger("handover").log(System.Logger.Level.INFO, "a look takes " + each);
      assertThat(each).isLessThan(Duration.ofMillis(50));
      assertThat(ledger.held()).isTrue();
    }
  }

  @Test
  void onAFullDiskNothingIsAppendedAndItGoesOnOnceThereIsSpace() throws Exception {
    LedgerDirectory a = directory("a", 300);
    Ledger lost = a.tryOpen(why -> {});
    lost.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));
    space(1 << 20);

    assertThatThrownBy(() -> append(lost, 10))
        .isInstanceOf(LedgerLost.class)
        .hasMessageContaining("quota");
    assertThat(lost.held()).isFalse();
    lost.close();
    List<String> before = names();
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> a.tryOpen(why -> {}))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(LedgerUnreadable.class)
          .hasMessageContaining("quota");
    }
    assertThat(names()).isEqualTo(before);

    space(HdfsConstants.QUOTA_RESET);
    try (Ledger again = a.tryOpen(why -> {})) {
      assertThat(again.history().jobs()).isEqualTo(lost.history().jobs());
      again.append(List.of(SampleEvents.intended(99, new Origin.Empty(), 99)));
    }
  }

  @Test
  void aDirectoryThatMayNotBeReadOrWrittenIsNamedAndLeftAsItIs() throws Exception {
    directory("a", SEGMENT).tryOpen(lost -> {}).close();
    List<String> before = names();
    for (String mode : List.of("555", "000")) {
      admin().setPermission(ledger(), new FsPermission(mode));
      UserGroupInformation other =
          UserGroupInformation.createUserForTesting("somebody", new String[] {"others"});
      LedgerDirectory theirs =
          other.doAs(
              (java.security.PrivilegedExceptionAction<LedgerDirectory>)
                  () -> directory("b", SEGMENT));

      assertThatThrownBy(() -> theirs.tryOpen(lost -> {}))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(LedgerUnreadable.class)
          .hasMessageContaining("Permission denied: user=somebody")
          .hasMessageContaining(".savepointd/ledger");
      assertThat(names()).isEqualTo(before);
    }
  }

  @Test
  void manySegmentsAreMergedWhileTheLedgerIsHeld() throws Exception {
    LedgerDirectory a = directory("a", 300);
    try (Ledger ledger = a.tryOpen(lost -> {})) {
      append(ledger, Snapshots.MANY_SEGMENTS + 4);

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> names().stream().anyMatch(name -> name.matches("snapshot-\\d+\\.jsonl")));
      ledger.append(List.of(SampleEvents.started(1, 1)));
      assertThat(a.read().history().jobs()).isEqualTo(ledger.history().jobs());
      assertThat(ledger.held()).isTrue();
    }
  }

  private static void append(Ledger ledger, int runs) throws LedgerLost {
    for (int i = 1; i <= runs; i++) {
      ledger.append(List.of(SampleEvents.intended(i, new Origin.Empty(), i)));
      ledger.append(List.of(SampleEvents.started(i, i)));
    }
  }

  private void space(long bytes) throws IOException {
    admin().setQuota(new org.apache.hadoop.fs.Path(root), HdfsConstants.QUOTA_DONT_SET, bytes);
  }

  private DistributedFileSystem admin() throws IOException {
    return hdfs.getFileSystem();
  }

  private org.apache.hadoop.fs.Path ledger() {
    return new org.apache.hadoop.fs.Path(root + "/.savepointd/ledger");
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (var file : admin().listStatus(ledger())) {
      names.add(file.getPath().getName());
    }
    return names;
  }

  private LedgerContext context() throws IOException {
    HdfsSegments store =
        HdfsLedgerFileSystem.open(URI.create(ledger().toString()), Optional.empty(), 1);
    clients.add(store);
    return new LedgerContext(
        store,
        new LedgerSettings(Duration.ofSeconds(1), SILENCE, SEGMENT, 1),
        new EventCodec(),
        SampleEvents.owner("looker"),
        ProcessTable.system(),
        Clock.systemUTC(),
        MonotonicTime.system());
  }

  private LedgerDirectory directory(String id, long segmentBytes) throws IOException {
    LedgerDirectory directory =
        LedgerDirectory.at(
            root,
            Optional.empty(),
            new LedgerSettings(Duration.ofMillis(200), SILENCE, segmentBytes, 1),
            new LocalLocks(),
            OwnerIdentity.ofThisProcess(id),
            Clock.systemUTC());
    clients.add(directory);
    return directory;
  }
}
