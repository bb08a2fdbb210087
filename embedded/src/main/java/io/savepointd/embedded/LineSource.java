package io.savepointd.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP server on a free loopback port that sends {@link LineSequence} steadily to whoever
 * connects.
 *
 * <p>There is one sequence: each line goes to one client, and a client that comes back is sent what
 * follows. While nobody is connected the sequence stands still. Two threads at rest, one more for
 * each client.
 */
final class LineSource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineSource.class);

  private final AtomicLong next = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final long periodNanos;
  private final ServerSocket server;
  private final ExecutorService threads;

  private LineSource(int linesPerSecond, ServerSocket server) {
    this.periodNanos = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
    this.server = server;
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "line-source");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Binds and starts to serve. */
  static LineSource start(int linesPerSecond) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    LineSource source = new LineSource(linesPerSecond, server);
    source.threads.execute(source::accept);
    return source;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        if (!server.isClosed()) {
          LOG.warn("event=lines.accept-failed: the next client is waited for", e);
        }
      }
    }
  }

  private void serve(Socket client) {
    LOG.info("event=lines.client-connected peer={}", client.getRemoteSocketAddress());
    try (client) {
      OutputStream out = client.getOutputStream();
      while (!closed.await(periodNanos, TimeUnit.NANOSECONDS)) {
        String line = LineSequence.line(next.getAndIncrement()) + "\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      LOG.info("event=lines.client-gone reason={}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      clients.remove(client);
    }
  }

  /** Stops serving; a client blocked in a write is cut off. */
  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket client : clients) {
      client.close();
    }
    threads.shutdownNow();
  }
}
