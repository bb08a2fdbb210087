package io.savepointd.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Distribution;
import io.savepointd.acceptance.world.Folders;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Commands given as {@code nobody}, beside a daemon and a configuration of root's. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 120, unit = SECONDS)
class SecondUserIT {
  private static final Duration COMMAND = Duration.ofSeconds(60);
  private static final String NO_GROUPS = "--clear-groups";
  private static final String GROUP_OF_ROOT = "--groups=0";

  private final World world;
  private Path dir;
  private Path config;
  private Installed savepointd;

  SecondUserIT(World world) {
    this.world = world;
  }

  @BeforeEach
  void startADaemon() throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      Folders.abort(getClass(), "only root can give commands as another user");
    }
    dir = Files.createTempDirectory("savepointd-second-user");
    mode(dir, "rwxr-xr-x");
    savepointd = Installed.with(world, dir, configuration());
    config = dir.resolve("application.conf");
    CommandResult version = asNobody(NO_GROUPS, "--version");
    if (version.exitCode() != 0) {
      Folders.abort(
          getClass(),
          "nobody may not read the distribution " + Folders.distribution() + ": " + version);
    }
  }

  @AfterEach
  void stop() throws IOException {
    if (savepointd != null) {
      savepointd.close();
      Folders.delete(dir);
    }
  }

  @Test
  void theSocketIsForTheDaemonsGroupAndNobodyElseActs() throws IOException {
    savepointd.startDaemon();
    Path socket = savepointd.socket().path();
    mode(socket.getParent(), "rwxr-xr-x");

    assertDenied(
        asNobody(NO_GROUPS, "status"),
        "it belongs to root:root (0660); as root, give it to a group of nobody's (chgrp GROUP ");
    assertDenied(asNobody(NO_GROUPS, "savepoint"), "0660");
    mode(socket.getParent(), "rwxr-x---");
    assertDenied(
        asNobody(NO_GROUPS, "stop", "numbers"),
        "its directory "
            + socket.getParent()
            + " belongs to root:root (0750); as root, give it to a group of nobody's");
    assertThat(asNobody(GROUP_OF_ROOT, "status"))
        .satisfies(in -> assertThat(in.exitCode()).as("%s", in).isZero())
        .satisfies(in -> assertThat(in.stdout()).contains("daemon active"));

    // What is left of a daemon that was killed doesn't open the way either.
    savepointd.daemon().kill();
    assertDenied(asNobody(NO_GROUPS, "savepoint"), "0750");
  }

  private void assertDenied(CommandResult result, String why) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(3);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .startsWith(
            "savepointd: no permission to use "
                + savepointd.socket().path()
                + " as nobody, so nothing was done: ")
        .contains(why);
  }

  @Test
  void aConfigurationThatMayNotBeReadIsNotTakenForAMissingOne() throws IOException {
    mode(config, "rw-r-----");
    assertRefused(
        config
            + ": may not be read by nobody: it belongs to root:root (0640); as root, give it to");
    mode(config, "rw-r--r--");
    mode(dir, "rwxr-x---");
    assertRefused(
        config
            + ": may not be read by nobody: its directory "
            + dir
            + " belongs to root:root (0750)");
    mode(dir, "rwxr-xr-x");
    // Without `required` a missing file is passed over, but one that is there and closed isn't.
    Path secrets = Files.writeString(dir.resolve("secrets.conf"), "savepointd.watch.interval = 2s");
    mode(secrets, "rw-r-----");
    Files.writeString(config, "include \"secrets\"\n" + configuration());
    assertRefused(secrets + ": may not be read by nobody: it belongs to root:root (0640)");
  }

  @Test
  void aJarBehindAClosedDoorIsNotTakenForAMissingOne() throws IOException {
    Path closed = Files.createDirectory(dir.resolve("closed"));
    Path jar = Files.writeString(closed.resolve("a.jar"), "is never opened");
    mode(closed, "rwx------");
    Files.writeString(config, configuration().replace("job/averaging-job.jar", jar.toString()));

    assertRefused(
        jar
            + " may not be read by nobody: its directory "
            + closed
            + " belongs to root:root (0700)");
  }

  @Test
  void aKeytabThatMayNotBeReadIsToldAsThat() throws IOException {
    Path keytab = Files.writeString(dir.resolve("savepointd.keytab"), "for root alone");
    mode(keytab, "rw-------");
    Files.writeString(
        config,
        configuration()
            + "savepointd.storage.kerberos { principal = \"savepointd@A.ORG\", keytab = \"%s\" }\n"
                .formatted(keytab));
    Path site = Files.createDirectory(dir.resolve("site"));
    Files.writeString(
        site.resolve("core-site.xml"),
        """
        <configuration><property>
          <name>hadoop.security.authentication</name><value>kerberos</value>
        </property></configuration>
        """);

    CommandResult result = asNobody(NO_GROUPS, Map.of("HADOOP_CONF_DIR", "" + site), "doctor");

    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.stdout().replaceAll("\\s+", " "))
        .contains("the keytab " + keytab + " may not be read by user nobody");
  }

  private void assertRefused(String why) throws IOException {
    CommandResult result = asNobody(NO_GROUPS, "status");

    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("nothing was done", why);
  }

  private CommandResult asNobody(String groups, String... args) throws IOException {
    return asNobody(groups, Map.of(), args);
  }

  private CommandResult asNobody(String groups, Map<String, String> environment, String... args)
      throws IOException {
    Path launcher = Files.createDirectories(dir.resolve("nobody/bin")).resolve("savepointd");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        exec setpriv --reuid=nobody --regid=nogroup %s -- %s/bin/savepointd "$@"
        """
            .formatted(groups, Folders.distribution()));
    mode(launcher, "rwxr-xr-x");
    Map<String, String> all = new HashMap<>(environment);
    all.put("SAVEPOINTD_CONF", config == null ? "" : config.toString());
    return new Distribution(dir.resolve("nobody"), dir.resolve("nobody"), all).run(COMMAND, args);
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private String configuration() {
    // No cluster is needed to be told no.
    return """
        savepointd {
          storage.root = "file://%s/savepoints"
          clusters.main.rest = "http://127.0.0.1:1"
          jobs.numbers.jar = "job/averaging-job.jar"
        }
        """
        .formatted(dir);
  }
}
