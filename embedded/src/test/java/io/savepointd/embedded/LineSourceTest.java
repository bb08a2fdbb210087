package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineSourceTest {

  private static final int FAST = 1000;

  @AutoClose private LineSource source;

  @BeforeEach
  void start() throws IOException {
    source = LineSource.start(FAST);
  }

  @Test
  void listensOnLoopbackAlone() {
    assertThat(source.address().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void sendsTheSequenceFromItsStart() throws IOException {
    try (Client client = new Client(source.address())) {
      assertThat(client.read(3)).containsExactly("1 1000", "2 2000", "3 3000");
    }
  }

  @Test
  void aClientThatComesBackIsSentWhatFollows() throws IOException {
    int read = 20;
    String last;
    try (Client first = new Client(source.address())) {
      last = first.read(read).get(read - 1);
    }
    try (Client second = new Client(source.address())) {
      assertThat(number(second.read(1).get(0))).isGreaterThan(number(last));
    }
  }

  @Test
  void noLineGoesToTwoClients() throws IOException {
    try (Client one = new Client(source.address());
        Client other = new Client(source.address())) {
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        assertThat(seen.add(one.read(1).get(0))).isTrue();
        assertThat(seen.add(other.read(1).get(0))).isTrue();
      }
    }
  }

  @Test
  void closingEndsTheClientsStream() throws IOException {
    try (Client client = new Client(source.address())) {
      assertThat(client.read(1)).hasSize(1);
      source.close();
      assertThat(client.readsEnd()).isTrue();
    }
  }

  /** Counted back from {@link LineSequence}: which line of the sequence this is. */
  private static long number(String line) {
    String[] fields = line.split(" ", -1);
    long key = Long.parseLong(fields[0]);
    return (Long.parseLong(fields[1]) - 1000 * key) * LineSequence.KEYS + key - 1;
  }

  private static final class Client implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;

    Client(InetSocketAddress address) throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    List<String> read(int count) throws IOException {
      List<String> lines = new ArrayList<>();
      while (lines.size() < count) {
        lines.add(reader.readLine());
      }
      return lines;
    }

    boolean readsEnd() {
      try {
        while (reader.readLine() != null) {
          // What was on its way still arrives.
        }
      } catch (IOException e) {
        // Reset by the peer: an end as well.
      }
      return true;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
