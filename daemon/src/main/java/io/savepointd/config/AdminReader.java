package io.savepointd.config;

import io.savepointd.admin.AdminSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** A line that sets the socket, in any of the ways to write it. */
  private static final Pattern SOCKET =
      Pattern.compile("(?m)^[^#/\\n]*\\bsocket\"?\\s*[=:]\\s*\"([^\"\\n]+)\"");

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

  /** The same of a file with faults, if not all is lost; the likeliest first. */
  List<Path> guess(Path file) {
    List<Path> guesses = new ArrayList<>();
    try {
      guesses.add(readable(file));
    } catch (ConfigRefused e) {
      written(file).ifPresent(guesses::add);
      try {
        guesses.add(defaultSocket(file));
      } catch (UncheckedIOException gone) {
        return guesses; // the default goes by the file's true place
      }
    }
    return guesses;
  }

  /** Whatever else is wrong with the file. */
  private Path readable(Path file) throws ConfigRefused {
    Problems ignored = new Problems();
    Optional<Node> block =
        ConfigFile.read(file, environment).child(Reference.ROOT).filter(Node::isObject);
    return read(
            new Section(
                    Reference.ROOT,
                    new Position(file.toString(), 0),
                    block.stream().toList(),
                    Reference.load(),
                    false,
                    ignored,
                    new Readings())
                .section("admin"),
            file)
        .socket();
  }

  /** Of a file that isn't HOCON any more. */
  private Optional<Path> written(Path file) {
    try {
      Matcher socket = SOCKET.matcher(Files.readString(file));
      return socket.find()
          ? Optional.of(paths.distributionHome().resolve(socket.group(1)).normalize())
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Path defaultSocket(Path file) {
    Optional<Path> ofService = ServiceSocket.installed().of(file);
    if (ofService.isPresent()) {
      return ofService.get();
    }
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
