package io.savepointd.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Flink's REST API as a stranger uses it, so that the exercise doesn't rely on what it checks. */
final class FlinkPage {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String rest;

  FlinkPage(String rest) {
    this.rest = rest;
  }

  void cancel(String run) throws IOException {
    HttpRequest request =
        to("/jobs/" + run + "?mode=cancel")
            .method("PATCH", HttpRequest.BodyPublishers.noBody())
            .build();
    int status = send(request).statusCode();
    if (status != 202) {
      throw new IOException("cancelling run " + run + " gave HTTP " + status);
    }
  }

  /** {@code latest.restored.external_path}; empty if Flink names none. */
  String restoredPath(String run) throws IOException {
    String body = send(to("/jobs/" + run + "/checkpoints").GET().build()).body();
    return JSON.readTree(body).path("latest").path("restored").path("external_path").asString("");
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(rest + path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
