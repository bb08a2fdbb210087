package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.systemd.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon put together, with somebody at the other end of a real NOTIFY_SOCKET. */
@Timeout(60)
class PresenceIT {
  /** Those of half a minute, since a sign of life is given more often than every second. */
  private static final int MANY = 60;

  @TempDir private Path directory;
  private ClusterStub cluster;
  private Place place;
  private Receiver receiver;
  private final List<String> received = new ArrayList<>();

  @BeforeEach
  void begin() throws IOException {
    cluster = new ClusterStub();
    place = new Place(directory, cluster);
    String address = directory.resolve("notify").toString();
    receiver = new Receiver(address);
    place.environment(Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "2000000"));
  }

  @AfterEach
  void end() {
    receiver.close();
    cluster.close();
  }

  /** The first that is {@code wanted}, of those that came or come within a while. */
  private String receive(Predicate<String> wanted) {
    for (int i = 0; i < MANY; i++) {
      if (i == received.size()) {
        received.add(next());
      }
      if (wanted.test(received.get(i))) {
        return received.get(i);
      }
    }
    throw new AssertionError("not among " + received);
  }

  private String next() {
    try {
      return receiver.next();
    } catch (IllegalStateException e) {
      throw new AssertionError("not among " + received, e);
    }
  }

  @Test
  void saysThatItIsReadyThenThatItLivesAndThatItStops() throws IOException {
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      assertThat(receive(m -> m.startsWith("READY=1"))).contains("STATUS=");
      assertThat(daemon.status().daemon()).isEqualTo("active");
      receive(m -> m.endsWith("STATUS=1 job running, no savepoint yet"));
      receive("WATCHDOG=1"::equals);
    }
    assertThat(receive(m -> m.startsWith("STOPPING=1")))
        .isEqualTo("STOPPING=1\nSTATUS=stopping: the jobs go on");
  }

  @Test
  void saysWhyItIsStillStartingAndIsReadyAsAStandby() throws IOException {
    Files.writeString(directory.resolve("savepoints"), "in the way");
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      receive("EXTEND_TIMEOUT_USEC=60000000"::equals);
      assertThat(receive(m -> m.contains("tried again every 1s"))).contains("STATUS=starting: ");
      assertThat(received).noneMatch(m -> m.startsWith("READY"));
      Files.delete(directory.resolve("savepoints"));
      receive(m -> m.startsWith("READY=1"));

      try (RunningDaemon second = new RunningDaemon(place.site("two"))) {
        second.awaitBeing("standby");
        receive(m -> m.startsWith("READY=1\nSTATUS=standby: the ledger is held by process"));
      }
      assertThat(daemon.status().daemon()).isEqualTo("active");
    }
  }

  @Test
  void isReadyWhileAClusterIsDown() throws IOException {
    Site site = place.site("one");
    cluster.close();
    try (RunningDaemon daemon = new RunningDaemon(site)) {
      receive(m -> m.startsWith("READY=1"));
      receive(m -> m.contains("STATUS=1 unreachable of 1 job: averaging: "));
      assertThat(daemon.status().daemon()).isEqualTo("active");
    }
  }

  @Test
  void awaitsTheSavepointThatIsBeingWritten() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("running");
      CompletableFuture<Void> asked = CompletableFuture.runAsync(daemon::takeSavepoint);
      Awaitility.await().until(() -> ledger().contains("savepoint-intended"));

      CompletableFuture<Void> closing = CompletableFuture.runAsync(daemon::close);
      receive(m -> m.equals("EXTEND_TIMEOUT_USEC=90000000"));
      receive(m -> m.startsWith("STATUS=stopping: awaits the savepoint of averaging, "));
      assertThat(closing).isNotDone();
      cluster.endSavepoints();

      closing.get(20, TimeUnit.SECONDS);
      asked.get(20, TimeUnit.SECONDS);
      assertThat(ledger()).contains("savepoint-failed");
    }
  }

  private String ledger() throws IOException {
    Path segment = directory.resolve("savepoints/.savepointd/ledger/0000000001.jsonl");
    return Files.exists(segment) ? Files.readString(segment) : "";
  }
}
