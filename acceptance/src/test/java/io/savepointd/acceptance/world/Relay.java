package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP port through which another one is reached, and can be made unreachable for a while. */
final class Relay implements AutoCloseable {

  private final int target;
  private final int port;
  private final AtomicInteger conversations = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "relay");
            thread.setDaemon(true);
            return thread;
          });
  private ServerSocket listening;

  private Relay(int target, ServerSocket listening) {
    this.target = target;
    this.listening = listening;
    this.port = listening.getLocalPort();
  }

  /** A relay to that port of this machine, open. */
  static Relay to(int target) throws IOException {
    Relay relay = new Relay(target, bound(0));
    relay.listen(relay.listening);
    return relay;
  }

  private static ServerSocket bound(int port) throws IOException {
    return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
  }

  int port() {
    return port;
  }

  /** How often somebody has connected so far. */
  int conversations() {
    return conversations.get();
  }

  /** From now on connections are refused. */
  void shut() throws IOException {
    listening.close();
  }

  /** The same port answers again. */
  void reopen() throws IOException {
    listening = bound(port);
    listen(listening);
  }

  private void listen(ServerSocket on) {
    threads.execute(
        () -> {
          while (!on.isClosed()) {
            try {
              Socket from = on.accept();
              conversations.incrementAndGet();
              Socket to = new Socket(InetAddress.getLoopbackAddress(), target);
              threads.execute(() -> pass(from, to));
              threads.execute(() -> pass(to, from));
            } catch (IOException e) {
              // Shut, or its target is gone: whoever connected sees it.
            }
          }
        });
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either side has hung up.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      shut();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
