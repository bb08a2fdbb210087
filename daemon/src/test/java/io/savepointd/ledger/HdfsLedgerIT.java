package io.savepointd.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.savepointd.model.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract and the fences on a real NameNode and DataNode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsLedgerIT extends SegmentsContract {
  private static final Duration SILENCE = Duration.ofSeconds(3);

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

  @Override
  SegmentStore store() throws IOException {
    HdfsSegments store = HdfsLedgerFileSystem.open(ledger(), Optional.empty(), 1);
    clients.add(store);
    return store;
  }

  @Override
  LedgerSettings settings() {
    return settings(Duration.ofMillis(200), SILENCE);
  }

  @Override
  MonotonicTime time() {
    return MonotonicTime.system();
  }

  @Test
  void aSilentOwnerIsFencedAndCanAppendNoMore() throws Exception {
    Ledger silent = open(root, Duration.ofHours(1), "silent");
    silent.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));

    Ledger next = open("next");

    assertThat(next.history().jobs()).isEqualTo(silent.history().jobs());
    assertThatThrownBy(() -> silent.append(List.of(SampleEvents.started(1, 1))))
        .isInstanceOf(LedgerLost.class);
    assertThat(silent.held()).isFalse();
    next.append(List.of(SampleEvents.started(1, 2)));
    next.close();
    silent.close();
    assertThat(open("last").history().jobs()).isEqualTo(next.history().jobs());
  }

  @Test
  void aLostLedgerIsTakenUpAgainFromTheSameDirectory() throws Exception {
    LedgerDirectory directory = directory(store(), "a");
    Ledger lost = directory.tryOpen(why -> {});
    lost.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));
    SegmentStore other = store();
    // Recovery of a file that was synced a moment ago can leave it open for minutes; that is why
    // only a silent owner is ever fenced.
    await().pollDelay(Duration.ofSeconds(1)).until(lost::held);
    other.recover(LedgerLayout.segmentName(1));
    await().atMost(Duration.ofSeconds(30)).until(() -> other.closed(LedgerLayout.segmentName(1)));
    assertThatThrownBy(() -> lost.append(List.of(SampleEvents.started(1, 1))))
        .isInstanceOf(LedgerLost.class);
    lost.close();

    try (Ledger again = directory.tryOpen(why -> {})) {
      assertThat(again.history().jobs()).isEqualTo(lost.history().jobs());
      again.append(List.of(SampleEvents.started(1, 2)));
    }
  }

  @Test
  void aRestartedDataNodeLosesTheStreamButNothingAcknowledged() throws Exception {
    LedgerDirectory directory = directory(store(), "a");
    BlockingQueue<LedgerLost> losses = new LinkedBlockingQueue<>();
    Ledger lost = directory.tryOpen(losses::add);
    lost.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));

    assertThat(hdfs.restartDataNode(0, true)).isTrue();
    hdfs.waitActive();

    assertThat(losses.poll(60, TimeUnit.SECONDS)).isNotNull();
    lost.close();
    AtomicReference<Ledger> again = new AtomicReference<>();
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              again.set(directory.tryOpen(why -> {}));
              return true;
            });
    assertThat(again.get().history().jobs()).isEqualTo(lost.history().jobs());
    again.get().close();
  }

  @Test
  void aKilledProcessIsKnownToBeDeadWithoutWaiting() throws Exception {
    try (VictimProcess victim = VictimProcess.start(root.toString(), 500)) {
      victim.awaitLine("ready");
      victim.kill();

      Ledger ledger = open(root, Duration.ofSeconds(1), "survivor", Duration.ofHours(1));

      assertThat(ledger.history().of(SampleEvents.JOB).runs()).hasSize(1);
      ledger.close();
    }
  }

  @Test
  void aPausedProcessIsFencedAndFindsOutWhenItGoesOn() throws Exception {
    try (VictimProcess victim = VictimProcess.start(root.toString(), 200)) {
      victim.awaitLine("ready");
      assertThatThrownBy(() -> open("early"))
          .isInstanceOfSatisfying(
              LedgerHeld.class, e -> assertThat(e.owner().pid()).isEqualTo(victim.pid()));
      victim.signal("STOP");

      Ledger ledger = open("survivor");
      victim.signal("CONT");

      victim.awaitLine("lost");
      ledger.append(List.of(SampleEvents.started(1, 1)));
      assertThat(ledger.held()).isTrue();
    }
  }

  @Test
  void aReaderSeesWhatIsDurableInAnOpenSegmentAndItsOwner() throws Exception {
    Ledger owner = open("owner");
    owner.append(List.of(SampleEvents.intended(1, new Origin.Empty(), 0)));

    LedgerView view = directory(store(), "reader").read();

    assertThat(view.history().jobs()).isEqualTo(owner.history().jobs());
    assertThat(view.owner()).contains(SampleEvents.owner("owner"));
    owner.append(List.of(SampleEvents.started(1, 1)));
    owner.close();
    assertThat(directory(store(), "reader").read().owner()).isEmpty();
  }

  @Test
  void aTornEndLeftByABrokenStreamIsCutOff() throws Exception {
    open("a").close();
    writeOpen(
        2, line(new Event.Opened(SampleEvents.START, SampleEvents.owner("b"))), "{\"v\":1,\"");

    assertThat(open("c").history().jobs()).isEmpty();
  }

  @Test
  void garbageInTheMiddleIsRefusedByFileAndLine() throws Exception {
    open("a").close();
    writeOpen(2, line(new Event.Opened(SampleEvents.START, SampleEvents.owner("b"))), "}\n");

    assertThatThrownBy(() -> open("b"))
        .isInstanceOf(LedgerUnreadable.class)
        .hasMessageStartingWith(ledger() + "/0000000002.jsonl:2: not JSON");
  }

  @Test
  void rollsAndIsCompactedMeanwhileOrByTheNextOwner() throws Exception {
    LedgerSettings small = new LedgerSettings(Duration.ofHours(1), Duration.ofSeconds(1), 300, 1);
    Ledger first = open(root, small, "first");
    for (int i = 1; i <= Snapshots.MANY_SEGMENTS + 2; i++) {
      first.append(List.of(SampleEvents.intended(i, new Origin.Empty(), i)));
    }
    first.close();

    Ledger second = open("second");

    assertThat(second.history().jobs()).isEqualTo(first.history().jobs());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(store().list())
                    .hasSizeLessThan(Snapshots.MANY_SEGMENTS)
                    .anyMatch(name -> name.matches("snapshot-\\d+\\.jsonl")));
    second.close();
    assertThat(open("third").history().jobs()).isEqualTo(first.history().jobs());
  }

  @Test
  void refusesAFileSystemWithoutLeases(@TempDir Path local) {
    assertThatThrownBy(() -> HdfsLedgerFileSystem.open(local.toUri(), Optional.empty(), 0))
        .hasMessageContaining("no leases that could keep two daemons apart");
  }

  private URI ledger() {
    return URI.create(root + "/.savepointd/ledger");
  }

  private Ledger open(URI at, Duration heartbeat, String owner) throws Exception {
    return open(at, heartbeat, owner, SILENCE);
  }

  private Ledger open(URI at, Duration heartbeat, String owner, Duration silence) throws Exception {
    return open(at, new LedgerSettings(heartbeat, silence, 1 << 20, 1), owner);
  }

  /** As the daemon does, with this machine's real processes. */
  private Ledger open(URI at, LedgerSettings settings, String id) throws Exception {
    Owner self = OwnerIdentity.ofThisProcess(id);
    LedgerDirectory directory =
        LedgerDirectory.at(
            at, Optional.empty(), settings, new LocalLocks(), self, Clock.systemUTC());
    clients.add(directory);
    return directory.tryOpen(lost -> {});
  }

  /** A segment whose writer is gone without having closed it. */
  private void writeOpen(int number, String... parts) throws IOException {
    Configuration conf = new Configuration();
    conf.setBoolean("fs.automatic.close", false);
    FileSystem fs = FileSystem.newInstance(root, conf);
    clients.add(fs);
    FSDataOutputStream out =
        fs.create(
            new org.apache.hadoop.fs.Path(ledger().toString(), LedgerLayout.segmentName(number)),
            false);
    for (String part : parts) {
      out.write(part.getBytes(StandardCharsets.UTF_8));
    }
    out.hsync();
  }

  private static String line(Event event) {
    return new EventCodec().encode(event) + "\n";
  }
}
