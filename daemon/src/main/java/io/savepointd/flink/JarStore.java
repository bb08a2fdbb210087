package io.savepointd.flink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The jars that a cluster holds, found again by content: each is uploaded under a name that begins
 * with its digest. Keeps nothing in memory, since a JobManager that restarts forgets its jars.
 */
final class JarStore {
  private static final int MAX_NAME = 100;

  private final Rest rest;
  private final Duration uploadTimeout;

  JarStore(Rest rest, Duration uploadTimeout) {
    this.rest = rest;
    this.uploadTimeout = uploadTimeout;
  }

  /** The id under which the cluster holds that content, if it does. */
  Optional<String> find(String digest) throws IOException {
    Reply reply = rest.get("/jars");
    if (!reply.ok()) {
      throw refusal(reply);
    }
    JsonNode files = reply.json().path("files");
    if (!files.isArray()) {
      throw reply.unusable("no list of jars");
    }
    for (JsonNode file : files) {
      if (file.path("name").asString("").startsWith(digest + "-")) {
        return Optional.of(file.path("id").asString());
      }
    }
    return Optional.empty();
  }

  /** Uploads a jar, streamed from disk, and answers the id the cluster gave it. */
  String upload(Path jar, String digest) throws IOException {
    Reply reply =
        rest.post(
            "/jars/upload",
            multipart(jar, digest),
            // The digest of a file is the one text sure not to be in it.
            "multipart/form-data; boundary=" + digest,
            uploadTimeout);
    if (!reply.ok()) {
      throw refusal(reply);
    }
    // "filename" is the whole path on the JobManager; its last part is the jar's id.
    String path = reply.json().path("filename").asString("");
    String id = path.substring(path.lastIndexOf('/') + 1);
    if (id.isEmpty()) {
      throw reply.unusable("no file name for the uploaded jar");
    }
    return id;
  }

  /** Removes a jar; whether that worked is of no consequence, so it isn't told. */
  void remove(String id) {
    try {
      rest.delete("/jars/" + id);
    } catch (ClusterUnavailable e) {
      // It stays there under a digest that nobody asks for again.
    }
  }

  private static BodyPublisher multipart(Path jar, String digest) throws FileNotFoundException {
    String head =
        "--"
            + digest
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
            + uploadName(jar, digest)
            + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
    return BodyPublishers.concat(
        BodyPublishers.ofString(head, StandardCharsets.US_ASCII),
        BodyPublishers.ofFile(jar),
        BodyPublishers.ofString("\r\n--" + digest + "--\r\n", StandardCharsets.US_ASCII));
  }

  /** {@code <digest>-<name>.jar}: plain characters, and short enough for any file system. */
  static String uploadName(Path jar, String digest) {
    String name =
        String.valueOf(jar.getFileName())
            .replaceAll("[^A-Za-z0-9._-]", "_")
            .replaceAll("\\.jar$", "");
    return digest + "-" + name.substring(0, Math.min(name.length(), MAX_NAME)) + ".jar";
  }

  private static IOException refusal(Reply reply) {
    return reply.refusedByFlink() ? new JarRefused(reply.refused()) : reply.refusal();
  }

  /** The cluster takes no jars, or not this one. */
  static final class JarRefused extends IOException {
    private static final long serialVersionUID = 1L;

    JarRefused(String message) {
      super(message);
    }
  }
}
