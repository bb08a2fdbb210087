package io.savepointd.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks a running daemon over its socket. HTTP/1.0: one request, and the reply ends where the
 * connection does. Waits for as long as the daemon takes.
 */
final class AdminClient {
  private final Path socket;

  AdminClient(Path socket) {
    this.socket = socket;
  }

  /** The reply; empty if no daemon listens on the socket. */
  Optional<RawReply> ask(String method, String path, Map<String, String> query)
      throws IOException, CommandFailed {
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String request =
          method + " " + path + queryOf(query) + " HTTP/1.0\r\nHost: savepointd\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      Channels.newInputStream(channel).transferTo(reply);
      return Optional.of(RawReply.parse(reply.toString(StandardCharsets.UTF_8)));
    } catch (java.net.ConnectException e) {
      return Optional.empty(); // a daemon that was killed has left its socket behind
    } catch (AccessDeniedException | java.net.SocketException e) {
      if (!Files.isWritable(socket)) {
        throw new CommandFailed(
            ExitCode.UNREACHABLE,
            "no permission to use " + socket + ": ask to be let into its group, or use sudo");
      }
      throw e;
    }
  }

  private static String queryOf(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** A status and a JSON body. */
  record RawReply(int status, String body) {
    static RawReply parse(String reply) throws IOException {
      int head = reply.indexOf("\r\n\r\n");
      String[] statusLine = reply.split(" ", 3);
      if (head < 0 || statusLine.length < 3 || !statusLine[1].matches("\\d{3}")) {
        throw new IOException("the daemon's reply was cut off: it may have been stopped meanwhile");
      }
      return new RawReply(Integer.parseInt(statusLine[1]), reply.substring(head + 4));
    }
  }
}
