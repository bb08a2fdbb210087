package io.savepointd.flink;

import io.savepointd.model.CheckpointContents;
import io.savepointd.model.UnreadableMetadata;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * Reads a savepoint's {@code _metadata} with Flink's own reader, which understands the format of
 * its own version and of all before it.
 */
public final class FlinkMetadata {
  private static final String PREFIX = "savepointd-metadata-";

  /**
   * By how much metadata may grow on being read: the 60 bytes that name a file become about 1 KiB
   * of objects, and several lanes may read at the same time.
   */
  private static final long GROWTH = 64;

  private FlinkMetadata() {}

  /**
   * What the metadata tells. Leaves the stream open.
   *
   * @throws UnreadableMetadata if it isn't metadata that Flink can read
   * @throws IOException if the stream itself fails, this machine has no room for a copy, or the
   *     metadata is larger than the memory at hand: nothing is then known about the savepoint
   */
  public static CheckpointContents read(InputStream metadata) throws IOException {
    // Flink resolves relative paths against a directory that it can see, and would otherwise reach
    // for the savepoint's own file system. A copy also tells a failing stream from bad content.
    Path directory = Files.createTempDirectory(PREFIX);
    Path copy = directory.resolve(AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME);
    try {
      new StaleCopies(directory, PREFIX, AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME)
          .sweep();
      Files.copy(metadata, copy);
      CheckpointMetadata parsed = parse(directory, copy);
      return new CheckpointContents(parsed.getCheckpointId(), StateFiles.of(parsed));
    } finally {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(directory);
    }
  }

  private static CheckpointMetadata parse(Path directory, Path copy) throws IOException {
    long length = Files.size(copy);
    try (InputStream file = Files.newInputStream(copy);
        DataInputStream in = new DataInputStream(new BufferedInputStream(file))) {
      return Checkpoints.loadCheckpointMetadata(
          in, ClassLoader.getPlatformClassLoader(), directory.toUri().toString());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new UnreadableMetadata("Flink can't read these " + length + " bytes: " + e, e);
    } catch (OutOfMemoryError e) {
      // The reader allocates whatever length it finds. From a short file that can only be garbage;
      // a long one may really be too much for this process.
      if (length < Runtime.getRuntime().maxMemory() / GROWTH) {
        throw new UnreadableMetadata(
            "Flink can't read these " + length + " bytes: a length in them is absurd", e);
      }
      throw new IOException(
          "metadata of "
              + length
              + " bytes doesn't fit into memory; a larger heap (-Xmx) is needed",
          e);
    }
  }
}
