package io.savepointd.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server on a real socket, asked as programs do. */
@Timeout(60)
class AdminServerTest {
  @TempDir private Path directory;
  private final FakeOperations operations = new FakeOperations();
  private Path socket;
  private AdminServer server;

  @BeforeEach
  void place() {
    socket = directory.resolve("s.sock");
    server = server();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private AdminServer server() {
    return new AdminServer(new AdminSettings(socket), new Router(operations));
  }

  @Test
  void refusesADirectoryOfAStranger() throws IOException {
    String owner = Files.getOwner(directory).getName();

    AdminServer.requireTrusted(directory, List.of("root", owner));
    assertThatThrownBy(() -> AdminServer.requireTrusted(directory, List.of("somebody")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("belongs to " + owner);
  }

  @Test
  void answersHttp10AndEndsTheConnection() throws IOException {
    server.start();

    String reply = ask("GET /status HTTP/1.0\r\n\r\n");

    assertThat(reply).startsWith("HTTP/1.").contains(" 200 ").contains("application/json");
    assertThat(reply).contains("{\"version\":\"1.2.3\"");
  }

  @Test
  void answersHttp11AsCurlSendsIt() throws IOException {
    server.start();

    String reply =
        ask(
            """
            POST /restore-latest?job=averaging&from=%2Fa%2Fb%20c HTTP/1.1
            Host: localhost
            User-Agent: curl/8
            Accept: */*
            Connection: close

            """
                .replace("\n", "\r\n"));

    assertThat(reply).startsWith("HTTP/1.1 200 ").contains("\"result\":\"refused\"");
    assertThat(operations.asked()).singleElement().asString().contains("pathOrId=/a/b c]");
  }

  @Test
  void tellsAnErrorByItsStatus() throws IOException {
    server.start();

    assertThat(ask("GET /nowhere HTTP/1.0\r\n\r\n")).contains(" 400 ").contains("\"usage\"");
  }

  @Test
  void refusesAParameterSaidTwice() throws IOException {
    server.start();

    String reply = ask("POST /prune?dry-run=true&dry-run=false HTTP/1.0\r\n\r\n");

    assertThat(reply).contains(" 400 ");
    assertThat(operations.asked()).isEmpty();
  }

  @Test
  void survivesNonsense() throws IOException {
    server.start();

    assertThat(ask("\u0000\u0001 nonsense\r\n\r\n")).contains("400");
    assertThat(ask("GET /status?job=%zz HTTP/1.0\r\n\r\n")).contains("400");
    assertThat(ask("GET /status HTTP/1.0\r\n\r\n")).contains(" 200 ");
  }

  @Test
  void letsOwnerAndGroupInAndNobodyElse() throws IOException {
    server.start();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-rw----");
  }

  @Test
  void makesTheDirectoryForItsOwnerAlone() throws IOException {
    socket = directory.resolve("made/for/it/s.sock");
    server = server();

    server.start();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void replacesTheSocketOfADaemonThatWasKilled() throws IOException {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();

    server.start();

    assertThat(ask("GET /status HTTP/1.0\r\n\r\n")).contains(" 200 ");
  }

  @Test
  void refusesAPathOnWhichAnotherDaemonListens() throws IOException {
    server.start();

    AdminServer second = server();
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessage("another daemon listens on " + socket);
    second.close();

    assertThat(ask("GET /status HTTP/1.0\r\n\r\n")).as("the first one").contains(" 200 ");
  }

  @Test
  void leavesAFileThatIsNoSocketAlone() throws IOException {
    Files.writeString(socket, "precious");

    assertThatThrownBy(server::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no socket");
    server.close();

    assertThat(socket).hasContent("precious");
  }

  @Test
  void leavesNoSocketBehind() throws IOException {
    server.start();

    server.close();

    assertThat(socket).doesNotExist();
  }

  @Test
  void saysWhyItCannotListen() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    socket = file.resolve("s.sock");
    server = server();

    assertThatThrownBy(server::start).isInstanceOf(IOException.class);
  }

  private String ask(String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
