package io.savepointd.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A TCP server that a test sends lines from; it takes one client at a time, when asked to. */
public final class LineServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerSocket server;
  private Socket client = new Socket();

  private LineServer(ServerSocket server) {
    this.server = server;
  }

  public static LineServer start() throws IOException {
    return on(0);
  }

  public static LineServer on(int port) throws IOException {
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    server.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    return new LineServer(server);
  }

  public int port() {
    return server.getLocalPort();
  }

  public void accept() throws IOException {
    client = server.accept();
    client.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
  }

  public void send(String... lines) throws IOException {
    for (String line : lines) {
      sendRaw(line + "\n");
    }
  }

  public void sendRaw(String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  /** Waits until the client has closed its side. */
  public boolean clientIsGone() throws IOException {
    return client.getInputStream().read() < 0;
  }

  public void hangUp() throws IOException {
    client.close();
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
