package io.savepointd.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The lock files that this process holds; there must be one instance for each process. A lock of
 * POSIX belongs to the process and is dropped when <em>any</em> of its channels on that file is
 * closed, so that a file whose lock is held here must not even be opened a second time.
 */
public final class LocalLocks {
  private final Set<Path> held = new HashSet<>();

  /**
   * Locks {@code file}, which is created if needed and never deleted.
   *
   * @return what lets go of it; empty if it is locked, by whomever
   */
  synchronized Optional<Closeable> tryLock(Path file) throws IOException {
    Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
    Path key = directory.toRealPath().resolve(file.getFileName());
    if (held.contains(key)) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(key, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        held.add(key);
        return Optional.of(() -> release(key, channel));
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private synchronized void release(Path key, FileChannel channel) throws IOException {
    channel.close();
    held.remove(key);
  }
}
