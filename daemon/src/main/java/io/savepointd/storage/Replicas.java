package io.savepointd.storage;

import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.net.NetUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells bytes that are lost from bytes that can't be reached just now. HDFS reports both in the
 * same words, and a DataNode that is down may bring a good replica back (decision 0021).
 */
final class Replicas {
  private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
  private static final int CONNECT_MILLIS = 3_000;
  private static final int TRIES = 3;

  private Replicas() {}

  /** Returns if the failure proves that the file has rotten at this place; throws it otherwise. */
  static void requireRotProvenBy(IOException failure, FileSystem fileSystem, Path file, long offset)
      throws IOException {
    boolean proven;
    try {
      proven = proves(failure, fileSystem, file, offset);
    } catch (IOException e) {
      failure.addSuppressed(e);
      proven = false;
    }
    if (!proven) {
      throw failure;
    }
  }

  private static boolean proves(IOException failure, FileSystem fileSystem, Path file, long offset)
      throws IOException {
    boolean badBytes = failure instanceof ChecksumException;
    if (!badBytes && !(failure instanceof BlockMissingException)) {
      return false;
    }
    if (!fileSystem.hasPathCapability(file, "fs.capability.lease.recoverable")) {
      return badBytes;
    }
    FileStatus status = fileSystem.getFileStatus(file);
    BlockLocation[] blocks = fileSystem.getFileBlockLocations(status, offset, 1);
    if (status.isErasureCoded() || blocks.length != 1) {
      return false;
    }
    String[] replicas = blocks[0].getNames();
    if (replicas.length == 0 || replicas.length < status.getReplication()) {
      return false;
    }
    // The NameNode calls a block corrupt once it knows every replica to be so. Until then it takes
    // the client's word, which has found a bad one and no other: because all are bad, or are down.
    return blocks[0].isCorrupt()
        || (Stream.of(replicas).allMatch(Replicas::answers)
            && (badBytes || isBadOnAnotherTry(fileSystem, file, offset)));
  }

  /**
   * Where all replicas are bad the client says so, or calls the block missing, by the order in
   * which it happened to try them. That a block is missing alone proves nothing.
   */
  private static boolean isBadOnAnotherTry(FileSystem fileSystem, Path file, long offset)
      throws IOException {
    for (int i = 0; i < TRIES; i++) {
      try (FSDataInputStream in = fileSystem.open(file)) {
        in.seek(offset);
        in.read();
        return false;
      } catch (ChecksumException e) {
        return true;
      } catch (BlockMissingException e) {
        LOG.debug("event=storage.block-missing path={} offset={}", file, offset, e);
      }
    }
    return false;
  }

  private static boolean answers(String dataNode) {
    try (Socket socket = new Socket()) {
      socket.connect(NetUtils.createSocketAddr(dataNode), CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
