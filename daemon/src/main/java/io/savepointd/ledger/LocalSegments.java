package io.savepointd.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger in a local directory. Bypasses Hadoop, whose local file system doesn't sync and whose
 * {@code create(overwrite=false)} isn't atomic. One lock file stands for the leases: it is let go
 * when its process dies, and can't be taken from a living one.
 */
final class LocalSegments implements SegmentStore {
  private static final Logger LOG = LoggerFactory.getLogger(LocalSegments.class);
  private static final String LOCK = "lock";

  private final Path directory;
  private final LocalLocks locks;
  private Optional<Closeable> lock = Optional.empty();

  LocalSegments(Path directory, LocalLocks locks) {
    this.directory = directory;
    this.locks = locks;
  }

  @Override
  public synchronized boolean tryLock() throws IOException {
    Optional<Closeable> taken = locks.tryLock(directory.resolve(LOCK));
    if (taken.isPresent()) {
      lock = taken;
    }
    return taken.isPresent();
  }

  @Override
  public synchronized void unlock() {
    try {
      if (lock.isPresent()) {
        lock.get().close();
      }
    } catch (IOException e) {
      LOG.warn("event=ledger.unlock-failed file={}", address(LOCK), e);
    }
    lock = Optional.empty();
  }

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public byte[] read(String name, long offset) throws IOException {
    try (FileChannel channel = FileChannel.open(directory.resolve(name), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - offset));
      boolean more = true;
      while (more && bytes.hasRemaining()) {
        more = channel.read(bytes, offset + bytes.position()) >= 0;
      }
      byte[] read = new byte[bytes.position()];
      bytes.flip().get(read);
      return read;
    }
  }

  /** Who holds the lock file is the only one who writes. */
  @Override
  public synchronized boolean closed(String name) {
    return lock.isPresent();
  }

  @Override
  public void recover(String name) throws IOException {
    throw new IOException(address(name) + " can't be taken from a living process");
  }

  @Override
  public SegmentWriter create(String name) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      syncDirectory();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new ChannelWriter(channel);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (Files.exists(directory.resolve(to))) {
      throw new FileAlreadyExistsException(address(to));
    }
    Files.move(directory.resolve(from), directory.resolve(to));
    syncDirectory();
  }

  @Override
  public void moveTo(String siblingDirectory, String name) throws IOException {
    Path other = Files.createDirectories(directory.resolveSibling(siblingDirectory));
    if (Files.exists(other.resolve(name))) {
      throw new FileAlreadyExistsException(other.resolve(name).toString());
    }
    Files.move(directory.resolve(name), other.resolve(name));
    syncDirectory();
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public String address(String name) {
    return directory.resolve(name).toString();
  }

  @Override
  public void close() {
    unlock();
  }

  /** A new name is durable only once its directory is. */
  private void syncDirectory() throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private record ChannelWriter(FileChannel channel) implements SegmentWriter {
    @Override
    public void write(byte[] bytes) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
