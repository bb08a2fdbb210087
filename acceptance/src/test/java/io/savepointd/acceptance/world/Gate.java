package io.savepointd.acceptance.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A reverse proxy that serves a cluster under a prefix, to those who send the right header. */
public final class Gate implements AutoCloseable {
  private static final String PREFIX = "/behind/the/gate";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI target;
  private final String header;
  private final String value;

  private Gate(URI target, String header, String value) throws IOException {
    this.target = target;
    this.header = header;
    this.value = value;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  /** Before that address, for those whose {@code header} is {@code value}. */
  public static Gate before(URI target, String header, String value) throws IOException {
    return new Gate(target, header, value);
  }

  /** The cluster's address behind it. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PREFIX);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String asked = exchange.getRequestURI().toString();
      String shown = String.valueOf(exchange.getRequestHeaders().getFirst(header));
      if (!shown.equals(value)) {
        answer(exchange, 403, "<html>" + header + ": " + shown + " opens nothing here</html>");
      } else if (!asked.startsWith(PREFIX + "/")) {
        answer(exchange, 404, "<html>nothing at " + asked + "</html>");
      } else {
        forward(exchange, asked.substring(PREFIX.length()), body);
      }
    }
  }

  private void forward(HttpExchange exchange, String path, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + path))
            .timeout(TIMEOUT)
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
        .ifPresent(type -> request.header("Content-Type", type));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
