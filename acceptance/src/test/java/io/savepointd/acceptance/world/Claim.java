package io.savepointd.acceptance.world;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What one of the processes that run tests beside each other has for itself, until closed or until
 * that process ends. For one thread of a process.
 */
final class Claim implements AutoCloseable {

  private static final Path CLAIMS = Path.of("target", "claims");

  private final FileChannel channel;

  private Claim(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty while another process has it. */
  static Optional<Claim> on(String what) throws IOException {
    Path file = Files.createDirectories(CLAIMS).resolve(what);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new Claim(channel));
  }

  /** Lets go of it; its file stays. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
