package io.savepointd.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineServerTest {

  @AutoClose private LineServer server;

  @BeforeEach
  void start() throws IOException {
    server = LineServer.start();
  }

  @Test
  void linesWaitForAClient() throws IOException {
    server.send("1 10", "2 20");
    try (Socket socket = connect()) {
      BufferedReader reader = reader(socket);
      assertThat(reader.readLine()).isEqualTo("1 10");
      assertThat(reader.readLine()).isEqualTo("2 20");
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void theNextClientIsSentWhatFollows() throws IOException {
    server.send("1 10");
    try (Socket socket = connect()) {
      BufferedReader reader = reader(socket);
      assertThat(reader.readLine()).isEqualTo("1 10");
      server.disconnect();
      assertThat(reader.readLine()).isNull();
    }
    server.send("2 20");
    try (Socket socket = connect()) {
      assertThat(reader(socket).readLine()).isEqualTo("2 20");
    }
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void disconnectingEndsTheClientsStream() throws IOException {
    server.send("1 10");
    try (Socket socket = connect()) {
      BufferedReader reader = reader(socket);
      assertThat(reader.readLine()).isEqualTo("1 10");
      server.disconnect();
      assertThat(reader.readLine()).isNull();
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
