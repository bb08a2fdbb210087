package io.savepointd.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The few requests to Flink's REST endpoint that the tests need, free of any version's classes. */
final class Rest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  Rest(URI address) {
    this.address = address;
  }

  /** What was answered: 2xx or not. */
  record Answer(int status, String text, JsonNode body) {}

  Answer get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  Answer post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  void cancel(String run) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(address.resolve("/jobs/" + run + "?mode=cancel"))
            .method("PATCH", BodyPublishers.noBody()));
  }

  /** Uploads the jar and returns the id it got. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "averaging-job-boundary";
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/x-java-archive\r\n\r\n"
            .formatted(boundary, jar.getFileName());
    String tail = "\r\n--" + boundary + "--\r\n";
    Answer answer =
        send(
            HttpRequest.newBuilder(address.resolve("/jars/upload"))
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(
                    BodyPublishers.ofByteArrays(
                        List.of(
                            head.getBytes(StandardCharsets.UTF_8),
                            Files.readAllBytes(jar),
                            tail.getBytes(StandardCharsets.UTF_8)))));
    String stored = answer.body().path("filename").asString();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), json.readTree(response.body()));
  }
}
