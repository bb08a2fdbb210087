package io.savepointd.cli;

import io.savepointd.app.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks a running daemon over its socket. HTTP/1.0: one request, and the reply ends where the
 * connection does.
 */
final class AdminClient {
  /**
   * What is only asked for is known already; what is to be done takes its time: at 100 MB/s a deep
   * look gets through eight terabytes in a day.
   */
  private static final Map<String, Duration> PATIENCE =
      Map.of("GET", Duration.ofSeconds(30), "POST", Duration.ofDays(1));

  private final Path socket;
  private final Map<String, Duration> patience;

  AdminClient(Path socket) {
    this(socket, PATIENCE);
  }

  /** Waits for so long after a request of each method. */
  AdminClient(Path socket, Map<String, Duration> patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /** The reply; empty if no daemon listens on the socket. */
  Optional<RawReply> ask(String method, String path, Map<String, String> query)
      throws IOException, CommandFailed {
    if (Files.notExists(socket)) {
      return Optional.empty();
    }
    Duration wait = patience.get(method);
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> abort(channel));
      String request =
          method + " " + path + queryOf(query) + " HTTP/1.0\r\nHost: savepointd\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      ByteArrayOutputStream reply = new ByteArrayOutputStream();
      Channels.newInputStream(channel).transferTo(reply);
      return Optional.of(RawReply.parse(reply.toByteArray()));
    } catch (ConnectException e) {
      return Optional.empty(); // a daemon that was killed has left its socket behind
    } catch (AsynchronousCloseException e) {
      throw new IOException(
          "no reply within " + wait + "; what was asked for may be under way all the same", e);
    } catch (AccessDeniedException | SocketException e) {
      if (!Files.isWritable(socket)) {
        throw denied(socket);
      }
      throw e;
    }
  }

  static CommandFailed denied(Path socket) {
    return new CommandFailed(
        ExitCode.UNREACHABLE,
        "no permission to use "
            + socket
            + " as "
            + System.getProperty("user.name")
            + ", so nothing was done: "
            + Site.deniedSocket(socket));
  }

  private static void abort(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String queryOf(Map<String, String> query) {
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", "?", ""));
  }

  /** A status and a JSON body. */
  record RawReply(int status, String body) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) .*");
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    static RawReply parse(byte[] reply) throws IOException {
      String text = new String(reply, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      Matcher status = STATUS.matcher(text.lines().findFirst().orElse(""));
      if (end < 0 || !status.matches()) {
        throw cut();
      }
      String body = new String(reply, end + 4, reply.length - end - 4, StandardCharsets.UTF_8);
      Matcher length = LENGTH.matcher(text.substring(0, end));
      if (length.find() && Long.parseLong(length.group(1)) != reply.length - end - 4) {
        throw cut();
      }
      return new RawReply(Integer.parseInt(status.group(1)), body);
    }

    private static IOException cut() {
      return new IOException(
          "the daemon's reply was cut off: it may have been stopped meanwhile, and what was asked"
              + " for may have been done");
    }
  }
}
