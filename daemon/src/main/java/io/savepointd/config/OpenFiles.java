package io.savepointd.config;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the files with secrets in them that everybody on the machine may read. */
final class OpenFiles {
  private OpenFiles() {}

  /** One for each such file, at its first secret. */
  static List<ConfigWarning> warnings(Readings readings) {
    Map<String, Node> firstSecrets = new LinkedHashMap<>();
    Stream.concat(
            readings.all().stream(),
            readings.allForeign().stream().flatMap(block -> block.values().stream()))
        .flatMap(reading -> reading.source().stream())
        // What the environment holds doesn't lie in the file.
        .filter(node -> node.variables().isEmpty() && Disclosure.masksAny(node))
        .sorted(Comparator.comparing(Node::position))
        .forEach(node -> firstSecrets.putIfAbsent(node.position().file(), node));
    return Stream.concat(
            firstSecrets.values().stream().flatMap(node -> warning(node).stream()),
            readings.all().stream().flatMap(reading -> openKeys(reading).stream()))
        .toList();
  }

  /** Of a store with a private key, whose password in itself is little protection. */
  private static Optional<ConfigWarning> openKeys(Reading reading) {
    return reading
        .source()
        .filter(node -> node.key().endsWith(".security.ssl.rest.keystore"))
        .flatMap(node -> openKeys(node, String.valueOf(reading.value().unwrapped())));
  }

  private static Optional<ConfigWarning> openKeys(Node node, String file) {
    return FileAccess.mode(Path.of(file))
        .filter(mode -> mode.contains(PosixFilePermission.OTHERS_READ))
        .map(
            mode ->
                new ConfigWarning(
                    node.position().file(),
                    node.position().line(),
                    node.key(),
                    "holds a private key, and everybody may read it (mode "
                        + FileAccess.octal(mode)
                        + "): chmod o= "
                        + file));
  }

  private static Optional<ConfigWarning> warning(Node node) {
    Position at = node.position();
    return FileAccess.mode(Path.of(at.file()))
        .filter(mode -> mode.contains(PosixFilePermission.OTHERS_READ))
        .map(
            mode ->
                new ConfigWarning(
                    at.file(),
                    at.line(),
                    node.key(),
                    "is secret, and everybody may read the file (mode "
                        + FileAccess.octal(mode)
                        + "): chmod o= "
                        + at.file()));
  }
}
