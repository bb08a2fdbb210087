package io.savepointd.config;

import io.savepointd.admin.AdminSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * Reads {@code admin}. Without a path of its own, each configuration file has a socket that no
 * other one shares, and that the commands find by the same rule as the daemon.
 */
final class AdminReader {
  /**
   * The kernel's limit is 108 with the closing zero (unix(7)); a little is left for temporaries.
   */
  private static final int LONGEST_SOCKET_PATH = 100;

  private static final int HASH_DIGITS = 12;

  private final FilePaths paths;
  private final Map<String, String> environment;

  AdminReader(Path distributionHome, Map<String, String> environment) {
    this.paths = new FilePaths(distributionHome);
    this.environment = environment;
  }

  AdminSettings read(Section admin, Path file) {
    Path socket = admin.read("socket", paths::path).orElseGet(() -> defaultSocket(file));
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_SOCKET_PATH) {
      admin.fault(
          "socket",
          "the path of a socket may have at most %d bytes, but %s has %d"
              .formatted(LONGEST_SOCKET_PATH, socket, length));
    }
    admin.settle("socket", socket);
    return new AdminSettings(socket);
  }

  private Path defaultSocket(Path file) {
    // systemd sets it for RuntimeDirectory=, a colon between several (systemd.exec(5)).
    String runtime = environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", -1)[0];
    if (!runtime.isEmpty()) {
      return Path.of(runtime, "savepointd.sock");
    }
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "savepointd-" + System.getProperty("user.name"),
        hash(file) + ".sock");
  }

  private static String hash(Path file) {
    try {
      byte[] path = file.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(path);
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " was read and is gone now", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
