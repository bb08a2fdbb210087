package io.savepointd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AdminClientTest {
  @TempDir private Path directory;
  private Path socket;

  @BeforeEach
  void place() {
    socket = directory.resolve("s.sock");
  }

  @Test
  void bringsStatusAndBody() throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 503, "{\"a\":\"ü → ∞\"}")) {
      Optional<AdminClient.RawReply> reply = ask();

      assertThat(reply).contains(new AdminClient.RawReply(503, "{\"a\":\"ü → ∞\"}"));
      assertThat(daemon.requests()).containsExactly("GET /status HTTP/1.0");
    }
  }

  @Test
  void writesParametersSoThatNoneBreaksOut() throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, 200, "{}")) {
      new AdminClient(socket)
          .ask("POST", "/restore-latest", Map.of("from", "/a b&replace=true#\r\nX: y"));

      assertThat(daemon.requests())
          .containsExactly(
              "POST /restore-latest?from=%2Fa+b%26replace%3Dtrue%23%0D%0AX%3A+y HTTP/1.0");
    }
  }

  @Test
  void findsNoDaemonWithoutASocket() throws Exception {
    assertThat(ask()).isEmpty();
  }

  @Test
  void findsNoDaemonBehindTheSocketOfOneThatWasKilled() throws Exception {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }

    assertThat(socket).exists();
    assertThat(ask()).isEmpty();
  }

  /** Never taken for "no daemon": it may have done what it was asked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"jobs\":[",
        "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n",
        "SSH-2.0-OpenSSH\r\n\r\n"
      })
  void saysThatAReplyWasCutOff(String reply) throws Exception {
    try (ScriptedDaemon daemon = ScriptedDaemon.saying(socket, reply)) {
      assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("cut off");
      assertThat(daemon.requests()).hasSize(1);
    }
  }

  @Test
  void givesUpOnADaemonThatHangs() throws Exception {
    AdminClient impatient =
        new AdminClient(socket, Map.of("GET", Duration.ofMillis(50), "POST", Duration.ofHours(1)));
    try (ScriptedDaemon daemon = ScriptedDaemon.hanging(socket)) {
      assertThatThrownBy(() -> impatient.ask("GET", "/status", Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no reply within PT0.05S")
          .hasMessageContaining("may be under way");
      assertThat(daemon.requests()).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void findsNoDaemonBehindWhatIsNoSocket() throws Exception {
    Files.createDirectory(socket);

    assertThat(ask()).isEmpty();
  }

  @Test
  void saysWhoMayBeAskedForPermission() throws Exception {
    Files.createFile(socket);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    String group = Files.readAttributes(socket, PosixFileAttributes.class).group().getName();

    CommandFailed denied = AdminClient.denied(socket);

    assertThat(denied.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(denied)
        .hasMessageStartingWith("no permission to use " + socket + " as ")
        .hasMessageContaining(", so nothing was done: it belongs to ")
        .hasMessageContaining(
            group.equals("root")
                ? ":root (0660); as root, give it to a group of "
                : ":%s (0660); ask to be let into the group %s, ".formatted(group, group))
        .hasMessageEndingWith(", or use sudo");
  }

  @Test
  void promisesNothingOfAGroupThatMayNotEither() throws Exception {
    Files.createFile(socket);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));

    assertThat(AdminClient.denied(socket)).hasMessageEndingWith("(0600); use sudo");
  }

  private Optional<AdminClient.RawReply> ask() throws IOException, CommandFailed {
    return new AdminClient(socket).ask("GET", "/status", Map.of());
  }
}
