package io.savepointd.job.input;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that keeps a connection to the line server and connects again, with growing pauses, when
 * it can't be had or ends. {@link #close} may be called from any other thread and returns promptly.
 */
final class SocketLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLink.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_JOIN = Duration.ofSeconds(1);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final int CHUNK = 8 * 1024;

  private final String host;
  private final int port;
  private final LineSink sink;
  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
  private final BoundedLog failures = new BoundedLog(LOG, LOG_INTERVAL, System::nanoTime);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Socket socket = new Socket();

  SocketLink(String host, int port, LineSink sink) {
    this.host = host;
    this.port = port;
    this.sink = sink;
    this.thread = new Thread(this::run, "averaging-socket-" + host + ":" + port);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed()) {
        String end = readOneConnection();
        if (!isClosed()) {
          pauseAfter(end);
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void pauseAfter(String end) throws InterruptedException {
    Duration pause = backoff.next();
    failures.warn(
        () ->
            "event=socket.lost peer=%s:%d reason=\"%s\" next_try_in_ms=%d"
                .formatted(host, port, end, pause.toMillis()));
    boolean unused = closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns why there is no connection any more. */
  private String readOneConnection() throws InterruptedException {
    try (Socket fresh = new Socket()) {
      socket = fresh;
      if (isClosed()) {
        return "closed";
      }
      fresh.connect(new InetSocketAddress(host, port), Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
      fresh.setKeepAlive(true);
      LOG.info("event=socket.connected peer={}:{}", host, port);
      readAll(fresh.getInputStream());
      return "the peer closed the connection";
    } catch (IOException | RuntimeException failed) {
      // Whatever it was, a thread that died here would leave the run idle without a word.
      return failed.toString();
    }
  }

  private void readAll(InputStream in) throws IOException, InterruptedException {
    LineDecoder decoder = new LineDecoder(MAX_LINE_BYTES, sink);
    byte[] chunk = new byte[CHUNK];
    // Reads without a timeout, since a silent peer is no fault: close() ends it.
    for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
      backoff.reset();
      decoder.feed(chunk, length);
    }
    decoder.end();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    thread.interrupt();
    socket.close();
    try {
      // A name lookup can't be interrupted: the thread is left to end by itself then.
      thread.join(LONGEST_JOIN.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
