package io.savepointd.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The socket of an installed service, by the configuration's place alone: the units and a person's
 * commands come to the same path, whatever environment each has.
 *
 * @param etc where the units' configurations lie, {@code application.conf} and {@code NAME.conf}
 * @param run where systemd makes {@code savepointd} and {@code savepointd-NAME}
 */
record ServiceSocket(Path etc, Path run) {
  private static final String MAIN = "application.conf";
  private static final String SUFFIX = ".conf";

  /** As the packages lay it out. */
  static ServiceSocket installed() {
    return new ServiceSocket(Path.of("/etc/savepointd"), Path.of("/run"));
  }

  /** The socket of the service that {@code file} configures, if it lies where services' do. */
  Optional<Path> of(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX) || !isEtc(file.toAbsolutePath().getParent())) {
      return Optional.empty();
    }
    String service =
        name.equals(MAIN)
            ? "savepointd"
            : "savepointd-" + name.substring(0, name.length() - SUFFIX.length());
    return Optional.of(run.resolve(service).resolve("savepointd.sock"));
  }

  /** The directory may be reached by a link, as the distribution's {@code conf} is one. */
  private boolean isEtc(Path directory) {
    try {
      return directory.toRealPath().equals(etc);
    } catch (IOException e) {
      return false;
    }
  }
}
