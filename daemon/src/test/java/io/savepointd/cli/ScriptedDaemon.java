package io.savepointd.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Something that listens on a socket and answers every request with the same bytes. */
final class ScriptedDaemon implements AutoCloseable {
  private final ServerSocketChannel listening;
  private final Optional<String> reply;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> silent = new CopyOnWriteArrayList<>();

  private ScriptedDaemon(Path socket, Optional<String> reply) throws IOException {
    this.reply = reply;
    this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Thread thread = new Thread(this::serve, "scripted daemon");
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers so, and ends the connection. */
  static ScriptedDaemon saying(Path socket, String reply) throws IOException {
    return new ScriptedDaemon(socket, Optional.of(reply));
  }

  /** A good answer, as the daemon gives it. */
  static ScriptedDaemon answering(Path socket, int status, String json) throws IOException {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return saying(
        socket, "HTTP/1.1 " + status + " So\r\nContent-Length: " + length + "\r\n\r\n" + json);
  }

  /** Takes requests and never answers. */
  static ScriptedDaemon hanging(Path socket) throws IOException {
    return new ScriptedDaemon(socket, Optional.empty());
  }

  /** The first line of each request. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void serve() {
    try {
      while (listening.isOpen()) {
        answer(listening.accept());
      }
    } catch (IOException e) {
      if (listening.isOpen()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void answer(SocketChannel channel) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(4096);
    channel.read(request);
    String text = new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII);
    requests.add(text.lines().findFirst().orElse(""));
    if (reply.isEmpty()) {
      silent.add(channel);
      return;
    }
    channel.write(ByteBuffer.wrap(reply.get().getBytes(StandardCharsets.UTF_8)));
    channel.close();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (SocketChannel channel : silent) {
      channel.close();
    }
  }
}
