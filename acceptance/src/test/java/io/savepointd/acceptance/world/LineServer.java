package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP server on a free loopback port that sends just the lines a test gives it, in their order,
 * to the one client it serves at a time. Lines wait until a client is there; the one whose write
 * failed is sent again to the next client.
 */
public final class LineServer implements AutoCloseable {

  private static final long LOOK_AGAIN_MILLIS = 50;

  private final BlockingDeque<String> lines = new LinkedBlockingDeque<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket server;
  private volatile Socket client = new Socket();

  private LineServer(ServerSocket server) {
    this.server = server;
  }

  public static LineServer start() throws IOException {
    LineServer lines = new LineServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon("line-server", lines::serve);
    return lines;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Lines to be sent next, without their line ends; returns at once. */
  public void send(String... more) {
    lines.addAll(List.of(more));
  }

  /** How many lines were handed to a connection; the peer may still lose the last ones. */
  public long sent() {
    return sent.get();
  }

  /** How many clients were accepted so far. */
  public int connections() {
    return connections.get();
  }

  /** Cuts the present client off; the next one is served with what follows. */
  public void disconnect() throws IOException {
    client.close();
  }

  private void serve() {
    try {
      while (!server.isClosed()) {
        serveOne();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serveOne() throws InterruptedException {
    try (Socket accepted = server.accept()) {
      client = accepted;
      connections.incrementAndGet();
      daemon("line-server-peer", () -> closeWhenPeerDoes(accepted));
      OutputStream out = accepted.getOutputStream();
      while (!accepted.isClosed() && !server.isClosed()) {
        sendOne(out);
      }
    } catch (IOException e) {
      // The client is gone, or the server is being closed: the loop above knows which.
    }
  }

  private void sendOne(OutputStream out) throws IOException, InterruptedException {
    String line = lines.pollFirst(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    if (line == null) {
      return;
    }
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      sent.incrementAndGet();
    } catch (IOException e) {
      lines.addFirst(line);
      throw e;
    }
  }

  /** Otherwise the first line written to a peer that has gone would be lost without a sign. */
  private static void closeWhenPeerDoes(Socket accepted) {
    try (accepted) {
      accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Closed from this side.
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
  }
}
