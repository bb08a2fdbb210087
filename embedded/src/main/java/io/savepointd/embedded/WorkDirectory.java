package io.savepointd.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory a world writes to, held by a lock while it lives: a second world in the same one
 * would format the first one's HDFS.
 */
final class WorkDirectory implements AutoCloseable {

  private static final List<String> OWN =
      List.of("averages.out", "embedded.out", "embedded.err", "embedded.lock", "hdfs", "flink");

  private final Path dir;
  private final FileChannel lockChannel;

  private WorkDirectory(Path dir, FileChannel lockChannel) {
    this.dir = dir;
    this.lockChannel = lockChannel;
  }

  /** Makes the directory where it is missing; throws when another world lives in it. */
  static WorkDirectory open(Path dir) throws IOException {
    Files.createDirectories(dir);
    Path file = dir.resolve("embedded.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new IOException(
          dir + " is in use by another embedded world (it holds " + file + "); choose another");
    }
    WorkDirectory opened = new WorkDirectory(dir, channel);
    opened.link();
    return opened;
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Flink's page looks for a process's output beside its log, under the log's name. */
  private void link() throws IOException {
    Path link = dir.resolve("embedded.out");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, averages().getFileName());
  }

  /** What {@code print()} of a job writes. */
  Path averages() {
    return dir.resolve("averages.out");
  }

  Path log() {
    return dir.resolve("embedded.log");
  }

  Path hdfs() {
    return dir.resolve("hdfs");
  }

  Path flink() {
    return dir.resolve("flink");
  }

  /** A stream into {@link #averages()}, emptied first; each line can be read as soon as printed. */
  PrintStream averagesStream() throws IOException {
    return stream(averages());
  }

  /** A stream into the file for what libraries print as errors. */
  PrintStream errorStream() throws IOException {
    return stream(dir.resolve("embedded.err"));
  }

  private static PrintStream stream(Path file) throws IOException {
    return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /**
   * Removes what a world writes here, logs included, and the directory itself if it is then empty.
   */
  void clean() throws IOException {
    for (String name : OWN) {
      remove(dir.resolve(name));
    }
    try (Stream<Path> logs = Files.list(dir)) {
      for (Path log : logs.filter(WorkDirectory::isLog).toList()) {
        remove(log);
      }
    }
    try (Stream<Path> left = Files.list(dir)) {
      if (left.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(dir);
  }

  private static boolean isLog(Path file) {
    return file.getFileName().toString().startsWith("embedded.log");
  }

  private static void remove(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // Never written: nothing to remove.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    lockChannel.close();
  }
}
