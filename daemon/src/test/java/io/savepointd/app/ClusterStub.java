package io.savepointd.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** As much of Flink's REST API as a daemon needs that finds its job running, or gone. */
final class ClusterStub implements AutoCloseable {
  static final String RUN = "0123456789abcdef0123456789abcdef";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Optional<String> savepointDirectory = Optional.empty();
  private volatile String flinkVersion = "2.3.0";
  private volatile boolean running = true;
  private volatile boolean savepointDone;

  ClusterStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String rest() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** What the cluster's own configuration says. */
  void savepointDirectory(String directory) {
    savepointDirectory = Optional.of(directory);
  }

  /** Which Flink it says it is. */
  void flinkVersion(String version) {
    flinkVersion = version;
  }

  /** The cluster has no run at all. */
  void empty() {
    running = false;
  }

  /** The savepoints that are asked for have failed by now, instead of being in progress. */
  void endSavepoints() {
    savepointDone = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<String> body =
          switch (path) {
            case "/overview" -> Optional.of("{\"flink-version\":\"" + flinkVersion + "\"}");
            case "/jobs/overview" -> Optional.of(overview());
            case "/jobmanager/config" -> Optional.of(config());
            case "/jobs/" + RUN + "/checkpoints" ->
                Optional.of("{\"latest\":{\"completed\":{\"id\":3}}}");
            default ->
                path.startsWith("/jobs/" + RUN + "/savepoints")
                    ? Optional.of(savepoint(exchange))
                    : Optional.empty();
          };
      byte[] bytes = body.orElse("{\"errors\":[\"Not found.\"]}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String overview() {
    return running
        ? "{\"jobs\":[{\"jid\":\""
            + RUN
            + "\",\"name\":\"averaging\",\"state\":\"RUNNING\",\"start-time\":1,"
            + "\"tasks\":{\"total\":2,\"running\":2,\"finished\":0}}]}"
        : "{\"jobs\":[]}";
  }

  private String savepoint(HttpExchange exchange) {
    String id = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    if (exchange.getRequestMethod().equals("POST")) {
      return "{\"request-id\":\"" + "0".repeat(32) + "\"}";
    }
    return savepointDone
        ? "{\"status\":{\"id\":\"COMPLETED\"},\"operation\":{\"failure-cause\":{\"class\":\"x\","
            + "\"stack-trace\":\"the job was told to fail "
            + id
            + "\"}}}"
        : "{\"status\":{\"id\":\"IN_PROGRESS\"},\"operation\":null}";
  }

  private String config() {
    return savepointDirectory
        .map(d -> "[{\"key\":\"state.savepoints.dir\",\"value\":\"" + d + "\"}]")
        .orElse("[]");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
