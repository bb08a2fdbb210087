package io.savepointd.flink;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests to wherever the cluster's REST API is at that moment, and bounds each of them,
 * body included, in time and size. Any status is a {@link Reply}; {@link ClusterUnavailable} means
 * that no whole answer came.
 */
final class Rest {
  /** Enough for an overview of tens of thousands of runs; longer answers are cut. */
  static final int MAX_ANSWER = 8 << 20;

  private final ClusterSettings settings;
  private final Whereabouts whereabouts;
  private final Transport transport;

  Rest(ClusterSettings settings, Whereabouts whereabouts, Transport transport) {
    this.settings = settings;
    this.whereabouts = whereabouts;
    this.transport = transport;
  }

  Reply get(String path) throws ClusterUnavailable {
    return send("GET", path, BodyPublishers.noBody(), "", settings.requestTimeout());
  }

  Reply patch(String path) throws ClusterUnavailable {
    return send("PATCH", path, BodyPublishers.noBody(), "", settings.requestTimeout());
  }

  Reply delete(String path) throws ClusterUnavailable {
    return send("DELETE", path, BodyPublishers.noBody(), "", settings.requestTimeout());
  }

  Reply post(String path, JsonNode body, Duration timeout) throws ClusterUnavailable {
    BodyPublisher bytes = BodyPublishers.ofString(body.toString());
    return send("POST", path, bytes, "application/json", timeout);
  }

  Reply post(String path, BodyPublisher body, String contentType, Duration timeout)
      throws ClusterUnavailable {
    return send("POST", path, body, contentType, timeout);
  }

  /** The date in an answer's head, whatever the answer is. */
  Optional<Instant> date(String path) throws ClusterUnavailable {
    HttpResponse<BoundedBody.Text> response =
        exchange("GET", address(path), BodyPublishers.noBody(), "", settings.requestTimeout());
    try {
      return response
          .headers()
          .firstValue("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Reply send(
      String method, String path, BodyPublisher body, String contentType, Duration timeout)
      throws ClusterUnavailable {
    String address = address(path);
    HttpResponse<BoundedBody.Text> response = exchange(method, address, body, contentType, timeout);
    return new Reply(
        asked(method, address), response.statusCode(), response.body(), transport.discretion());
  }

  private String asked(String method, String address) {
    return "cluster " + settings.name() + ": " + method + " " + address;
  }

  /** A prefix in the base (a proxy's) is kept; resolving against it would drop it. */
  private String address(String path) throws ClusterUnavailable {
    return whereabouts.base().toString().replaceAll("/+$", "") + path;
  }

  private HttpResponse<BoundedBody.Text> exchange(
      String method, String address, BodyPublisher body, String contentType, Duration timeout)
      throws ClusterUnavailable {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            // Flink speaks HTTP/1.1 only; without this the client tries to upgrade each time.
            .version(HttpClient.Version.HTTP_1_1)
            .header("Accept", "application/json")
            .method(method, body);
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    CompletableFuture<HttpResponse<BoundedBody.Text>> pending =
        transport
            .client()
            .sendAsync(transport.with(request).build(), head -> new BoundedBody(MAX_ANSWER));
    // HttpRequest's own timeout ends with the headers; this wait covers the body as well.
    return await(pending, method, address, timeout);
  }

  private HttpResponse<BoundedBody.Text> await(
      CompletableFuture<HttpResponse<BoundedBody.Text>> pending,
      String method,
      String address,
      Duration timeout)
      throws ClusterUnavailable {
    String asked = asked(method, address);
    try {
      return pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw new ClusterUnavailable(asked + ": no whole answer within " + timeout, e);
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new ClusterUnavailable(asked + ": interrupted while waiting for the answer", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() instanceof IOException ? e.getCause() : e;
      throw new ClusterUnavailable(asked + ": " + transport.explain(address, cause), cause);
    }
  }
}
