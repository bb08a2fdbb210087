package io.savepointd.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads files from end to end, so that HDFS compares every byte with its checksums. Takes as long
 * as the files are large; only each single read is bounded, by the file system's own timeouts.
 */
final class DeepRead {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Runnable onProgress;

  /** Tells {@code onProgress} of each piece. */
  DeepRead(Runnable onProgress) {
    this.onProgress = onProgress;
  }

  /**
   * What is wrong with the file's bytes; empty if nothing is.
   *
   * @param length what its directory says
   * @throws java.io.FileNotFoundException if it has vanished
   * @throws IOException if nobody could tell
   */
  Optional<String> faultIn(FileSystem fileSystem, Path file, long length) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      try {
        readAll(in, length);
        return Optional.empty();
      } catch (EOFException e) {
        return Optional.of(file + " ends at byte " + in.getPos() + " of " + length);
      } catch (IOException e) {
        Replicas.requireRotProvenBy(e, fileSystem, file, in.getPos());
        return Optional.of(
            file + " can't be read from byte " + in.getPos() + " on: " + Reasons.of(e));
      }
    }
  }

  private void readAll(FSDataInputStream in, long length) throws IOException {
    for (long left = length; left > 0; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted at byte " + in.getPos());
      }
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new EOFException();
      }
      left -= count;
      onProgress.run();
    }
  }
}
