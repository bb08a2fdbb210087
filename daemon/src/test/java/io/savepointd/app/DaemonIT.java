package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.admin.StatusBody;
import io.savepointd.flink.SavepointMadeByHand;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon put together, on local storage and a cluster that only answers. */
@Timeout(60)
class DaemonIT {
  @TempDir private Path directory;
  private ClusterStub cluster;
  private Place place;

  @BeforeEach
  void begin() throws IOException {
    cluster = new ClusterStub();
    place = new Place(directory, cluster);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void takesOverTheRunItFindsAndTellsOfItOnItsSocket() throws IOException {
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("running");

      StatusBody status = daemon.status();
      assertThat(status.daemon()).isEqualTo("active");
      assertThat(status.version()).isEqualTo("1.2.3");
      assertThat(status.jobs().get(0).run()).contains(ClusterStub.RUN);
      assertThat(ask(place.socket("one"), "GET /status"))
          .contains("\"daemon\":\"active\"")
          .contains(ClusterStub.RUN);
      assertThat(ask(place.socket("one"), "GET /lineage")).contains("\"from\":\"unknown\"");
    }
  }

  @Test
  void keepsTheJobOfAFlinkThatWasNotTestedAndSaysSo() throws IOException {
    cluster.flinkVersion("1.17.2");
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("running");

      assertThat(daemon.status().detail())
          .isEqualTo(
              "cluster main: Flink 1.17.2 was not tested: 1.18 to 2.3 were; it is treated as 1.18"
                  + " is");
    }
  }

  @Test
  void endsInOrderAndLeavesNoSocketBehind() throws IOException {
    RunningDaemon daemon = new RunningDaemon(place.site("one"));
    daemon.awaitJobBeing("running");

    daemon.close();

    Awaitility.await().until(daemon::hasEnded);
    assertThat(place.socket("one")).doesNotExist();
  }

  @Test
  void standsByWhileAnotherHoldsTheLedgerAndTakesItOverAfterwards() throws IOException {
    RunningDaemon first = new RunningDaemon(place.site("one"));
    first.awaitBeing("active");
    try (RunningDaemon second = new RunningDaemon(place.site("two"))) {
      second.awaitBeing("standby");
      assertThat(second.status().detail()).contains("the ledger is held by");
      assertThat(ask(place.socket("two"), "POST /savepoint"))
          .contains(" 503 ")
          .contains("the daemon is standby");

      first.close();

      second.awaitBeing("active");
      second.awaitJobBeing("running");
      assertThat(ask(place.socket("two"), "GET /lineage")).contains(ClusterStub.RUN);
    }
  }

  @Test
  void handsOverToTheStandbyThatIsPromotedAndBack() throws Exception {
    try (RunningDaemon first = new RunningDaemon(place.site("one"));
        RunningDaemon second = awaitAndStart(first, place.site("two"))) {
      second.awaitBeing("standby");
      assertThat(second.status().detail())
          .contains("last heard from 0 s ago")
          .contains("has been silent for 0.6 s");

      assertThat(ask(place.socket("two"), "POST /promote"))
          .contains("\"done\"")
          .contains("active after");
      second.awaitJobBeing("running");
      first.awaitBeing("standby");
      assertThat(ask(place.socket("two"), "POST /promote")).contains("is the active one already");

      assertThat(ask(place.socket("one"), "POST /promote")).contains("\"done\"");
      first.awaitJobBeing("running");
      second.awaitBeing("standby");
    }
  }

  @Test
  void anAskerThatDoesNotTakeTheLedgerGetsItTakenBack() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitBeing("active");

      place.requestHandover();

      daemon.awaitBeing("standby");
      assertThat(daemon.status().detail()).contains("is being handed over to");
      daemon.awaitBeing("active");
    }
  }

  @Test
  void asksTheClusterForTheStorageRoot() throws IOException {
    cluster.savepointDirectory(place.root());
    try (RunningDaemon daemon = new RunningDaemon(place.site("one", ""))) {
      daemon.awaitBeing("active");

      assertThat(daemon.status().storageRoot()).endsWith("/savepoints");
      assertThat(directory.resolve("savepoints/.savepointd/ledger")).exists();
    }
  }

  @Test
  void refusesToRunWithoutAStorageRoot() throws Exception {
    try (RunningDaemon daemon = new RunningDaemon(place.site("one", ""))) {
      DaemonStopped stopped = daemon.stopped();

      assertThat(stopped.usage()).isTrue();
      assertThat(stopped)
          .hasMessageContaining("one.conf")
          .hasMessageContaining("savepointd.storage.root")
          .hasMessageContaining("state.savepoints.dir");
    }
  }

  @Test
  void refusesAStorageRootOfTheClustersThatItCannotUse() throws Exception {
    cluster.savepointDirectory("/without/a/scheme");
    try (RunningDaemon daemon = new RunningDaemon(place.site("one", ""))) {
      DaemonStopped stopped = daemon.stopped();

      assertThat(stopped.usage()).isTrue();
      assertThat(stopped).hasMessageContaining("/without/a/scheme");
    }
  }

  @Test
  void waitsForAClusterThatIsDownToAskItForTheStorageRoot() throws Exception {
    Site site = place.site("one", "");
    cluster.close();
    try (RunningDaemon daemon = new RunningDaemon(site)) {
      Awaitility.await().until(() -> daemon.status().detail().contains("main"));

      assertThat(daemon.status().daemon()).isEqualTo("starting");
      assertThat(daemon.status().jobs().get(0).state()).isEqualTo("unknown");
    }
  }

  @Test
  void refusesTheSocketOfAnother() throws Exception {
    try (RunningDaemon first = new RunningDaemon(place.site("one"));
        RunningDaemon second = awaitAndStart(first, place.site("one"))) {
      assertThat(second.stopped()).hasMessageContaining("another daemon listens on");
      assertThat(ask(place.socket("one"), "GET /status")).contains("\"active\"");
    }
  }

  @Test
  void holdsAJobThatItMustNotStartByItself() throws IOException {
    cluster.empty();
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("held");

      assertThat(daemon.status().jobs().get(0).detail()).contains("empty-start = never");
      assertThat(ask(place.socket("one"), "POST /savepoint")).contains("isn't running");
      assertThat(ask(place.socket("one"), "POST /restore-latest"))
          .contains("\"refused\"")
          .contains("no savepoint is retained");
      assertThat(ask(place.socket("one"), "POST /restore-latest?dry-run=true"))
          .contains("\"refused\"");
    }
  }

  @Test
  void keepsAJobStoppedAlsoWhenItIsStartedAnew() throws IOException {
    cluster.empty();
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("held");
      assertThat(ask(place.socket("one"), "POST /stop?job=averaging")).contains("\"done\"");
      daemon.awaitJobBeing("stopped");
    }
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("stopped");
      assertThat(ask(place.socket("one"), "POST /start?job=averaging"))
          .contains("\"refused\"")
          .contains("empty-start = never");
      daemon.awaitJobBeing("held");
    }
  }

  @Test
  void takesASavepointInAndOutOfUse() throws IOException {
    cluster.empty();
    Path savepoint = SavepointMadeByHand.in(directory.resolve("elsewhere"));
    Path socket = place.socket("one");
    try (RunningDaemon daemon = new RunningDaemon(place.site("one"))) {
      daemon.awaitJobBeing("held");
      ask(socket, "POST /stop?job=averaging");
      assertThat(ask(socket, "POST /adopt?job=averaging&path=" + savepoint)).contains("\"done\"");
      assertThat(ask(socket, "POST /verify?deep=true")).contains("\"result\":\"good\"");
      assertThat(ask(socket, "POST /start?job=averaging&dry-run=true"))
          .contains("would lift the stop, restore from savepoint file://");
      Files.delete(savepoint.resolve("state"));
      assertThat(ask(socket, "POST /verify")).contains("\"done\":\"quarantined\"");
      assertThat(ask(socket, "POST /pin?savepoint=nope")).contains(" 400 ");
      assertThat(ask(socket, "POST /release?job=averaging")).contains("\"refused\"");
    }
  }

  private static RunningDaemon awaitAndStart(RunningDaemon first, Site site) {
    first.awaitBeing("active");
    return new RunningDaemon(site);
  }

  private static String ask(Path socket, String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String text = request + " HTTP/1.0\r\n\r\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
