package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.HdfsProcesses;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.Kdc;
import io.savepointd.acceptance.world.KerberosSecurity;
import io.savepointd.acceptance.world.LineServer;
import io.savepointd.acceptance.world.Runs;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.AclEntry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * HDFS with security on, whose tickets last for seconds, and two users on it: Flink writes the
 * savepoints, savepointd reads and deletes them. The steps build on each other.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(value = 90, unit = SECONDS)
class KerberosIT {

  private static final Duration TICKET = Duration.ofSeconds(10);
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What docs/operations.md tells a site to set. */
  private static final String ACCESS =
      "user:flink:rwx,default:user::rwx,default:user:flink:rwx,default:user:savepointd:rwx,"
          + "default:group::---,default:other::---";

  private Kdc kdc;
  private KerberosSecurity security;
  private World world;
  private LineServer lines;
  private Runs runs;
  private Installed savepointd;
  private Path keytab;
  private Path goodKeytab;
  private String run = "";

  @BeforeAll
  void start() throws IOException {
    Path dir = Folders.world(KerberosIT.class);
    lines = LineServer.start();
    kdc = Kdc.start(dir, TICKET);
    security = KerberosSecurity.with(kdc);
    goodKeytab = kdc.keytab("good.keytab", "savepointd");
    keytab = dir.resolve("savepointd.keytab");
    put(goodKeytab);
    HdfsProcesses hdfs = HdfsProcesses.start(dir, 1, security);
    world = World.on(hdfs, dir, flinkSettings(kdc.keytab("flink.keytab", "flink")));
    security.writeSites(hdfs, world.flinkConfDir(World.FLINK));
    try (FileSystem superuser = hdfs.open()) {
      org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path("/savepoints");
      superuser.mkdirs(root);
      superuser.setOwner(root, "savepointd", "savepointd");
      superuser.modifyAclEntries(root, AclEntry.parseAclSpec(ACCESS, true));
    }
    runs = new Runs(world.flink(World.FLINK).client(), "averaging");
    savepointd =
        Installed.with(
            world,
            dir,
            configuration(),
            Map.of("SAVEPOINTD_OPTS", String.join(" ", security.jvmOptions())));
    savepointd.startDaemon();
  }

  private Map<String, String> flinkSettings(Path flinkKeytab) {
    return Map.of(
        "security.kerberos.login.keytab",
        flinkKeytab.toString(),
        "security.kerberos.login.principal",
        "flink@" + kdc.realm(),
        // By default a minute, which is longer than our tickets live.
        "security.kerberos.relogin.period",
        "2 s",
        "security.delegation.tokens.enabled",
        "false",
        "env.java.opts.all",
        String.join(" ", security.jvmOptions()));
  }

  private String configuration() throws IOException {
    return """
        savepointd {
          storage.root = "%s/savepoints"
          storage.kerberos { principal = "savepointd@%s", keytab = "%s" }
          clusters.main.rest = "%s"
          jobs.averaging {
            jar = "job/averaging-job.jar"
            args = ["--host", "127.0.0.1", "--port", "%d"]
            schedules.frequent.cron = "0/2 * * * * ?"
            retention.keep-last = 2
            timeouts.savepoint = 5s
          }
        }
        """
        .formatted(
            world.hdfs().uri(), kdc.realm(), keytab, world.flink(World.FLINK).rest(), lines.port());
  }

  @AfterAll
  void end() throws IOException {
    savepointd.close();
    world.close();
    security.close();
    kdc.close();
    lines.close();
  }

  @Test
  @Order(1)
  void takesVerifiesAndPrunesOverSeveralTicketLifetimes() throws IOException {
    run = runs.awaitRunning();
    lines.send("701 10", "701 20");

    Awaitility.await("three tickets, one after the other")
        .atMost(SOON)
        .until(() -> logged("event=kerberos.login ").count() >= 3);

    String newest = awaitSavepointOtherThan("");
    try (FileSystem superuser = world.hdfs().open()) {
      assertThat(superuser.getFileStatus(new org.apache.hadoop.fs.Path(newest)).getOwner())
          .isEqualTo("flink");
    }
    Awaitility.await("an old one to be deleted").atMost(SOON).until(() -> deleted() > 0);
    assertThat(savepointd.retained().count()).isBetween(1L, 4L);
    assertThat(logged("event=kerberos.login-failed")).isEmpty();
  }

  @Test
  @Order(2)
  void aKdcThatIsAwayForMoreThanATicketCostsNeitherRunNorLedger() throws IOException {
    kdc.shut();
    Awaitility.await("the failure to be told")
        .atMost(SOON)
        .until(() -> logged("the KDC can't be reached").count() >= 1);
    Awaitility.await("the last ticket to end, and a savepoint to suffer from it")
        .atMost(SOON)
        .until(
            () ->
                logged("event=savepoint.unverified").findAny().isPresent()
                    || logged("event=savepoint.failed").findAny().isPresent());
    assertThat(savepointd.status().path("daemon").asString()).isEqualTo("active");

    String during = newest();
    kdc.reopen();
    long since = System.nanoTime();
    awaitSavepointOtherThan(during);
    say("a savepoint after the KDC is back", since);

    assertThat(savepointd.status().path("daemon").asString()).isEqualTo("active");
    assertThat(logged("event=ledger.opened").count()).as("the lease was kept").isEqualTo(1);
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  @Test
  @Order(3)
  void aWrongKeytabIsToldAndTheGoodOneTakenUpWithoutARestart() throws IOException {
    savepointd.stopDaemon();
    put(kdc.forged("wrong.keytab", "savepointd"));
    savepointd.launchDaemon();

    Awaitility.await("the reason")
        .atMost(SOON)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> savepointd.status().path("detail").asString().contains("has another key"));
    JsonNode status = savepointd.status();
    assertThat(status.path("daemon").asString()).isEqualTo("starting");
    assertThat(status.path("detail").asString())
        .contains("savepointd@" + kdc.realm())
        .contains(keytab.toString())
        .contains("tried again when the keytab changes");

    put(goodKeytab);
    long since = System.nanoTime();
    savepointd.awaitDaemon("active", Duration.ofSeconds(20));
    say("active after the good keytab is back", since);
    assertThat(runs.awaitRunning()).isEqualTo(run);
  }

  private static void say(String what, long since) {
    System.out.printf("%s: %d ms%n", what, Duration.ofNanos(System.nanoTime() - since).toMillis());
  }

  private void put(Path file) throws IOException {
    Path beside = keytab.resolveSibling("new.keytab");
    Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
    Files.move(beside, keytab, StandardCopyOption.ATOMIC_MOVE);
  }

  private Stream<String> logged(String text) throws IOException {
    List<String> log = savepointd.log();
    return log.stream().filter(line -> line.contains(text));
  }

  private long deleted() throws IOException {
    return savepointd.everSaved().filter(s -> s.path("state").asString().equals("deleted")).count();
  }

  private String awaitSavepointOtherThan(String known) {
    return Awaitility.await("a retained savepoint")
        .atMost(SOON)
        .until(this::newest, path -> !path.isEmpty() && !path.equals(known));
  }

  private String newest() throws IOException {
    return savepointd.retained().findFirst().map(s -> s.path("path").asString()).orElse("");
  }
}
