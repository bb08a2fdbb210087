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
    return firstSecrets.values().stream().flatMap(node -> warning(node).stream()).toList();
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
