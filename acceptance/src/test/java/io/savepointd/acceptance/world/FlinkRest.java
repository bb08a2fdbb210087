package io.savepointd.acceptance.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cluster's REST API as a test sees it and meddles with it, behind the daemon's back. Every call
 * throws IOException when nobody answers or the answer is not a 2xx; the text of the answer is in
 * it.
 */
public final class FlinkRest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http;
  private final URI rest;

  public FlinkRest(URI rest) {
    this(rest, HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
  }

  /** The same by a client that a cluster with TLS takes. */
  public FlinkRest(URI rest, HttpClient http) {
    this.rest = rest;
    this.http = http;
  }

  /** A line of {@code /jobs/overview}: live, unlike the job's details, which lag up to 3 s. */
  public record Run(String id, String name, String state, int tasks, int runningTasks) {

    public boolean isFullyRunning() {
      return state.equals("RUNNING") && tasks > 0 && runningTasks == tasks;
    }
  }

  public JsonNode overview() throws IOException {
    return get("/overview");
  }

  /** Every run the cluster remembers, the ended ones included. */
  public List<Run> runs() throws IOException {
    return elements(get("/jobs/overview").path("jobs")).map(FlinkRest::run).toList();
  }

  private static Run run(JsonNode job) {
    JsonNode tasks = job.path("tasks");
    return new Run(
        job.path("jid").asString(),
        job.path("name").asString(),
        job.path("state").asString(),
        tasks.path("total").asInt(),
        tasks.path("running").asInt());
  }

  /** Asks for the end of a run; returns before it has ended. */
  public void cancel(String run) throws IOException {
    send(request("/jobs/" + run + "?mode=cancel").method("PATCH", BodyPublishers.noBody()));
  }

  /** Checkpoint statistics: {@code counts}, {@code latest}, {@code history}. */
  public JsonNode checkpoints(String run) throws IOException {
    return get("/jobs/" + run + "/checkpoints");
  }

  /** The path a run was restored from, if it was. */
  public Optional<String> restoredFrom(String run) throws IOException {
    return checkpoints(run).path("latest").path("restored").path("external_path").asStringOpt();
  }

  /** A metric of the job itself, such as {@code numRestarts}. */
  public Optional<String> metric(String run, String name) throws IOException {
    return elements(get("/jobs/" + run + "/metrics?get=" + name))
        .map(metric -> metric.path("value").asString())
        .findFirst();
  }

  /** Uploads a jar; returns the id by which it is run. */
  public String upload(Path jar) throws IOException {
    String boundary = "----the-jar-of-a-test";
    String head =
        String.join(
            "\r\n",
            "--" + boundary,
            "Content-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName()
                + "\"",
            "Content-Type: application/x-java-archive",
            "",
            "");
    HttpRequest.Builder upload =
        request("/jars/upload")
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofByteArray(Files.readAllBytes(jar)),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")));
    String stored = send(upload).path("filename").asString();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  /** Starts an uploaded jar; returns the run's id. The body is that of {@code /jars/:id/run}. */
  public String run(String jar, Map<String, ?> body) throws IOException {
    return post("/jars/" + jar + "/run", body).path("jobid").asString();
  }

  public JsonNode post(String path, Map<String, ?> body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
  }

  public JsonNode get(String path) throws IOException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(rest.resolve(path)).timeout(TIMEOUT);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    HttpRequest built = request.build();
    HttpResponse<String> response;
    try {
      response = http.send(built, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted at " + built.uri(), e));
    }
    if (response.statusCode() / 100 != 2) {
      throw new IOException(built + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
