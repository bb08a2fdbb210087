package io.savepointd.app;

import io.savepointd.doctor.Surroundings.DaemonSeen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** How a command asks a running daemon how it stands. */
@FunctionalInterface
public interface DaemonLine {
  /**
   * Its answer; empty if nobody listens on that socket.
   *
   * @throws java.nio.file.AccessDeniedException if this user may not ask
   */
  Optional<DaemonSeen> ask(Path socket) throws IOException;
}
