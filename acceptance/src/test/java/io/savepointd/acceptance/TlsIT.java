package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Certificates;
import io.savepointd.acceptance.world.FlinkProcesses;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Gate;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A cluster that speaks TLS only, to those it knows, and one behind a proxy that wants a header.
 */
@ExtendWith(SharedWorld.class)
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 240, unit = SECONDS)
class TlsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TOKEN = "Bearer of-good-tidings";

  private final World world;
  private Path dir;
  private Path ours;
  private Path trusted;
  private Path stranger;
  private FlinkProcesses flink;

  TlsIT(World world) {
    this.world = world;
  }

  @BeforeAll
  void startFlink() throws IOException {
    dir = Folders.world(getClass());
    Certificates certificates = new Certificates(dir.resolve("certificates"));
    Path server = certificates.key("cluster", "ip:127.0.0.1", 30);
    ours = certificates.key("savepointd", "", 30);
    trusted = certificates.trusting("cluster");
    stranger = certificates.key("stranger", "", 30);
    // Flink asks its own clients' certificates of the same truststore.
    Path clients = certificates.trusting("savepointd");
    flink =
        FlinkProcesses.start(
            World.FLINK,
            dir,
            Map.of(
                "security.ssl.rest.enabled",
                "true",
                "security.ssl.rest.authentication-enabled",
                "true",
                "security.ssl.rest.keystore",
                server.toString(),
                "security.ssl.rest.keystore-password",
                Certificates.PASSWORD,
                "security.ssl.rest.key-password",
                Certificates.PASSWORD,
                "security.ssl.rest.truststore",
                clients.toString(),
                "security.ssl.rest.truststore-password",
                Certificates.PASSWORD,
                "security.ssl.algorithms",
                "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384",
                "security.ssl.protocol",
                "TLSv1.3"),
            Certificates.client(trusted, ours));
  }

  @AfterAll
  void end() {
    flink.close();
  }

  @Test
  void aClusterThatKnowsUsIsServedAsAnyOther() throws IOException {
    Runs runs = new Runs(flink.client(), "secure");
    Path presented = dir.resolve("presented.p12");
    Files.copy(ours, presented);
    try (Installed savepointd =
        installed("secure", flink.rest() + "", stores(trusted, presented))) {
      savepointd.startDaemon();
      String run = runs.awaitRunning();
      savepointd.succeed("savepoint");
      assertThat(savepointd.retained()).hasSize(1);

      // A replaced store counts from the next request on, without a word to the daemon.
      Files.copy(stranger, presented, StandardCopyOption.REPLACE_EXISTING);
      awaitState(savepointd, "unreachable");
      assertThat(savepointd.job().path("detail").asString())
          .contains("security.ssl.rest.keystore", presented.toString());
      Files.copy(ours, presented, StandardCopyOption.REPLACE_EXISTING);
      awaitState(savepointd, "running");

      assertThat(savepointd.job().path("run").asString()).isEqualTo(run);
      assertThat(savepointd.lineage()).hasSize(1);
    } finally {
      runs.killAll();
    }
  }

  @Test
  void aClusterSignedByAStrangerIsRefused() throws IOException {
    assertThat(
            refusal(
                flink.rest() + "",
                stores(new Certificates(dir.resolve("certificates")).trusting("stranger"), ours)))
        .contains("is signed by nobody that", "trusts-stranger.p12")
        .contains("security.ssl.rest.truststore");
  }

  @Test
  void aClusterByAnotherNameIsRefusedUnlessNamesDoNotMatter() throws IOException {
    String byName = "https://localhost:" + flink.rest().getPort();

    assertThat(refusal(byName, stores(trusted, ours)))
        .contains("not for the host that was asked", "security.ssl.verify-hostname");
    JsonNode anyName =
        examined(byName, stores(trusted, ours) + "\nsecurity.ssl.verify-hostname = false");
    assertThat(anyName.path("state").asString()).as("%s", anyName).isEqualTo("ended");
  }

  @Test
  void aClusterThatWantsToKnowUsRefusesStrangers() throws IOException {
    assertThat(refusal(flink.rest() + "", stores(trusted, stranger)))
        .contains("the cluster has ", " the connection", "stranger.p12");
    assertThat(
            refusal(
                flink.rest() + "",
                "security.ssl.rest { enabled = true, truststore = \"%s\", truststore-password = \"%s\" }"
                    .formatted(trusted, Certificates.PASSWORD)))
        .contains("security.ssl.rest.authentication-enabled is not set");
  }

  @Test
  void aProxyInFrontKeepsItsPrefixAndGetsItsHeader() throws IOException {
    Runs runs = new Runs(world.flink(World.FLINK).client(), "gated");
    try (Gate gate = Gate.before(world.flink(World.FLINK).rest(), "Authorization", TOKEN);
        Installed savepointd =
            installed(
                "gated", gate.address() + "", "headers { Authorization = \"" + TOKEN + "\" }")) {
      savepointd.startDaemon();
      runs.awaitRunning();
      savepointd.succeed("savepoint");

      assertThat(savepointd.retained()).hasSize(1);
      assertThat(savepointd.succeed("config", "show").stdout())
          .contains("headers.Authorization = \"******\"")
          .doesNotContain(TOKEN);
      String wrong = "Bearer of-bad-tidings";
      assertThat(refusal(gate.address() + "", "headers { Authorization = \"" + wrong + "\" }"))
          .contains("HTTP 403", "opens nothing here", "******")
          .doesNotContain(wrong);
    } finally {
      runs.killAll();
    }
  }

  private static String stores(Path truststore, Path keystore) {
    return """
        security.ssl.rest {
          enabled = true
          truststore = "%s"
          truststore-password = "%s"
          authentication-enabled = true
          keystore = "%s"
          keystore-password = "%s"
        }
        """
        .formatted(truststore, Certificates.PASSWORD, keystore, Certificates.PASSWORD);
  }

  private static void awaitState(Installed savepointd, String state) {
    Awaitility.await("the job to be " + state)
        .atMost(SOON)
        .until(() -> savepointd.job().path("state").asString().equals(state));
  }

  /** Why the cluster isn't reached, which it must not be. */
  private String refusal(String rest, String transport) throws IOException {
    JsonNode job = examined(rest, transport);
    assertThat(job.path("state").asString()).as("%s", job).isEqualTo("unreachable");
    return job.path("detail").asString();
  }

  private JsonNode examined(String rest, String transport) throws IOException {
    try (Installed savepointd = installed("examined", rest, transport)) {
      return savepointd.json("status").path("jobs").path(0);
    }
  }

  private Installed installed(String name, String rest, String transport) throws IOException {
    return Installed.with(
        world,
        dir.resolve(name),
        """
        savepointd {
          storage.root = "%s/tls-%s"
          clusters.main {
            rest = "%s"
            %s
          }
          jobs.%s {
            jar = "job/averaging-job.jar"
            args = ["--source", "sequence", "--rate", "100", "--sink", "discard"]
          }
        }
        """
            .formatted(world.hdfs().uri(), name, rest, transport, name));
  }
}
