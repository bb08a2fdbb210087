package io.savepointd.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.SavepointMadeByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands where no daemon runs, on local storage and a cluster that only answers. */
@Timeout(60)
class AloneIT {
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
  void tellsWhatItSeesWithoutLeavingATrace() throws IOException {
    Site.Reply status = serve("GET", "/status", Map.of());

    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json())
        .contains("\"daemon\":\"absent\"")
        .contains("\"state\":\"running\"")
        .contains(ClusterStub.RUN)
        .contains("nobody keeps it");
    assertThat(directory.resolve("savepoints")).doesNotExist();
  }

  @Test
  void refusesToRestoreBesideALivingRun() throws IOException {
    assertThat(serve("POST", "/restore-latest", Map.of()).json())
        .contains("\"refused\"")
        .contains("--replace");
    assertThat(serve("POST", "/restore-latest", Map.of("dry-run", "true")).json())
        .contains("\"refused\"")
        .contains("--replace");
  }

  @Test
  void refusesToRestoreFromNothing() throws IOException {
    cluster.empty();

    assertThat(serve("POST", "/restore-latest", Map.of()).json())
        .contains("\"refused\"")
        .contains("no savepoint is retained");
  }

  @Test
  void saysWhatAStartWithoutStateWouldDo() throws IOException {
    cluster.empty();

    assertThat(
            serve("POST", "/start", Map.of("job", "averaging", "empty", "true", "dry-run", "true"))
                .json())
        .contains("would start a run without state");
    assertThat(directory.resolve("savepoints")).doesNotExist();
  }

  @Test
  void saysThatANamedSavepointIsNotThere() throws IOException {
    cluster.empty();

    assertThat(
            serve(
                    "POST",
                    "/restore-latest",
                    Map.of("job", "averaging", "from", "/nowhere/savepoint-1", "dry-run", "true"))
                .json())
        .contains("\"failed\"")
        .contains("/nowhere/savepoint-1 can't be restored from: ")
        .doesNotContain("Missing[");
  }

  @Test
  void changesNothingWhileADaemonHoldsTheLedger() throws IOException {
    Site site = place.site("one");
    try (RunningDaemon daemon = new RunningDaemon(site)) {
      daemon.awaitBeing("active");

      Site.Reply reply = site.serveAlone("POST", "/savepoint", Map.of());

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json()).contains("the ledger is held by");
      assertThat(site.serveAlone("GET", "/savepoints", Map.of()).status()).isEqualTo(200);
    }
  }

  @Test
  void needsAStorageRoot() throws IOException {
    Site.Reply reply = place.site("one", "").serveAlone("GET", "/status", Map.of());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json()).contains("savepointd.storage.root");
  }

  @Test
  void prunesNothingWhereNothingIs() throws IOException {
    Site.Reply reply = serve("POST", "/prune", Map.of());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json()).contains("\"decisions\":[]").contains("\"done\"");
  }

  @Test
  void takesNoRunOverWhileItPrunes() throws IOException {
    serve("POST", "/prune", Map.of());

    assertThat(serve("GET", "/lineage", Map.of()).json()).doesNotContain(ClusterStub.RUN);
  }

  @Test
  void keepsTheLedgerInTheVeryRootThatIsConfigured() throws IOException {
    String root = "savepointd.storage.root = \"file://" + directory + "/my%20root\"";

    assertThat(place.site("one", root).serveAlone("POST", "/prune", Map.of()).status())
        .isEqualTo(200);

    assertThat(directory.resolve("my%20root/.savepointd/ledger")).isDirectory();
  }

  @Test
  void keepsAStopOnTheLedgerUntilAStart() throws IOException {
    cluster.empty();

    assertThat(serve("POST", "/stop", Map.of("job", "averaging")).json())
        .contains("\"done\"")
        .contains("it wasn't running");
    assertThat(serve("GET", "/status", Map.of()).json())
        .contains("\"state\":\"stopped\"")
        .contains("savepointd start averaging");
    assertThat(serve("POST", "/start", Map.of("job", "averaging")).json())
        .contains("\"refused\"")
        .contains("empty-start = never");
    assertThat(serve("GET", "/status", Map.of()).json()).contains("\"state\":\"ended\"");
  }

  @Test
  void refusesToReleaseWhatIsNotHeld() throws IOException {
    assertThat(serve("POST", "/release", Map.of("job", "averaging")).json())
        .contains("\"refused\"")
        .contains("not held");
  }

  @Test
  void looksAtNothingWithoutLeavingATrace() throws IOException {
    assertThat(serve("POST", "/verify", Map.of("deep", "true")).json())
        .isEqualTo("{\"savepoints\":[]}");
    assertThat(directory.resolve("savepoints")).doesNotExist();
  }

  @Test
  void adoptsPinsAndLooksAfterASavepointMadeByHand() throws IOException {
    cluster.empty();
    Path savepoint = SavepointMadeByHand.in(directory.resolve("elsewhere"));
    Map<String, String> adoption = Map.of("job", "averaging", "path", savepoint.toString());

    assertThat(serve("POST", "/adopt", adoption).json()).contains("\"done\"");
    assertThat(serve("POST", "/adopt", adoption).json()).contains("on the ledger already");
    String listed = serve("GET", "/savepoints", Map.of()).json();
    assertThat(listed).contains("\"occasion\":\"adopted\"").contains(savepoint.toString());
    String id = listed.replaceFirst("(?s).*?\"id\":\"([0-9a-f]{32})\".*", "$1");

    assertThat(serve("POST", "/pin", Map.of("savepoint", id.substring(0, 8))).json())
        .contains("\"done\"");
    assertThat(serve("GET", "/savepoints", Map.of()).json()).contains("\"pinned\":true");
    assertThat(serve("POST", "/start", Map.of("job", "averaging", "dry-run", "true")).json())
        .contains("\"done\"")
        .contains("would restore from savepoint file://")
        .contains(savepoint.toString());

    Path state = savepoint.resolve("state");
    byte[] content = Files.readAllBytes(state);
    Files.delete(state);
    assertThat(serve("POST", "/start", Map.of("job", "averaging", "dry-run", "true")).json())
        .contains("\"refused\"")
        .contains("newest-only");
    assertThat(serve("POST", "/verify", Map.of("what", "averaging")).json())
        .contains("\"result\":\"damaged\"")
        .contains("\"done\":\"quarantined\"");
    assertThat(serve("GET", "/status", Map.of()).json()).contains("\"quarantined\":1");
    assertThat(serve("POST", "/verify", Map.of()).json())
        .contains("\"result\":\"damaged\"")
        .contains("\"done\":null");
    Files.write(state, content);
    assertThat(serve("POST", "/verify", Map.of("what", id)).json())
        .contains("\"result\":\"good\"")
        .contains("retained again");
    assertThat(serve("POST", "/unpin", Map.of("savepoint", id)).json()).contains("\"done\"");
  }

  /** A command that is asked for something else starts nothing, whatever lies on the ledger. */
  @Test
  void startsNothingItWasNotAskedFor() throws IOException {
    cluster.empty();
    Path savepoint = SavepointMadeByHand.in(directory.resolve("elsewhere"));
    serve("POST", "/adopt", Map.of("job", "averaging", "path", savepoint.toString()));

    assertThat(serve("POST", "/savepoint", Map.of()).json()).contains("isn't running");
    assertThat(serve("GET", "/lineage", Map.of()).json()).isEqualTo("{\"runs\":[]}");
  }

  @Test
  void adoptsNothingThatIsNoGood() throws IOException {
    Path savepoint = SavepointMadeByHand.in(directory.resolve("elsewhere"));
    Files.write(savepoint.resolve("_metadata"), new byte[] {1, 2, 3});

    assertThat(
            serve("POST", "/adopt", Map.of("job", "averaging", "path", savepoint.toString()))
                .json())
        .contains("\"refused\"")
        .contains("is no good");
    assertThat(serve("POST", "/adopt", Map.of("job", "averaging", "path", "elsewhere")).status())
        .isEqualTo(400);
    assertThat(serve("GET", "/savepoints", Map.of()).json()).isEqualTo("{\"savepoints\":[]}");
  }

  private Site.Reply serve(String method, String path, Map<String, String> query)
      throws IOException {
    return place.site("one").serveAlone(method, path, query);
  }
}
