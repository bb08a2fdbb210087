package io.savepointd.acceptance.world;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The daemon's socket, spoken to as {@code curl --unix-socket} does: HTTP/1.1 on a connection that
 * could serve more requests. Blocks until the answer is there; an interrupt ends it.
 */
public record AdminSocket(Path path) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)\\s*$");

  /** An answer. */
  public record Reply(int status, JsonNode body) {}

  /** Asks one thing; throws IOException when nobody listens or the answer is not HTTP/1.1. */
  public Reply ask(String method, String target) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      String request =
          method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
      String head = head(in);
      byte[] body = in.readNBytes(Integer.parseInt(find(LENGTH, head)));
      return new Reply(Integer.parseInt(find(STATUS, head)), JSON.readTree(body));
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer ends in its head: " + head);
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static String find(Pattern pattern, String head) throws IOException {
    Matcher matcher = pattern.matcher(head);
    if (!matcher.find()) {
      throw new IOException("no " + pattern + " in the answer's head: " + head);
    }
    return matcher.group(1);
  }
}
