package io.savepointd.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.savepointd.model.ClusterName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A REST endpoint that answers what a test tells it to, also what no Flink would. */
final class StubFlink implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Deque<HttpHandler>> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request as it arrived. */
  record Asked(String request, String contentType, String body) {}

  StubFlink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      byte[] body = exchange.getRequestBody().readAllBytes();
      asked.add(new Asked(request, String.valueOf(type), new String(body, StandardCharsets.UTF_8)));
      next(request).handle(exchange);
    }
  }

  /** The next answer to a request; the last one stays. */
  private synchronized HttpHandler next(String request) {
    Deque<HttpHandler> queue = answers.getOrDefault(request, new ArrayDeque<>());
    if (queue.isEmpty()) {
      return json(404, "{\"errors\":[\"Not found: " + request.replaceFirst(".* ", "") + "\"]}");
    }
    return queue.size() == 1 ? queue.getFirst() : queue.removeFirst();
  }

  /** Answers a request such as {@code GET /jars}; said again, that answer comes after this one. */
  synchronized void on(String request, HttpHandler answer) {
    answers.computeIfAbsent(request, key -> new ArrayDeque<>()).addLast(answer);
  }

  void on(String request, int status, String body) {
    on(request, json(status, body));
  }

  static HttpHandler json(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return exchange -> {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** Sends the beginning of an answer, and no more until this is closed. */
  HttpHandler hangAfter(String beginning) {
    return exchange -> {
      if (!beginning.isEmpty()) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Promises a long answer and breaks the connection after its beginning. */
  static HttpHandler breakAfter(String beginning) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 100_000);
      exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> requests() {
    return asked.stream().map(Asked::request).toList();
  }

  ClusterSettings settings(String prefix, Duration timeout) {
    URI address = URI.create("http://localhost:" + server.getAddress().getPort() + prefix);
    return new ClusterSettings(new ClusterName("main"), address, timeout, timeout);
  }

  FlinkCluster cluster() {
    return cluster("", Duration.ofSeconds(20));
  }

  FlinkCluster cluster(String prefix, Duration timeout) {
    return new ClusterConnection(settings(prefix, timeout), HttpClient.newHttpClient()).cluster();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
