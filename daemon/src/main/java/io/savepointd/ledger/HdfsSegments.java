package io.savepointd.ledger;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LeaseRecoverable;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A ledger on HDFS: the lease of an open segment is its lock. Holds no HDFS class by name; whatever
 * file system offers recoverable leases will do.
 */
final class HdfsSegments implements SegmentStore {
  /** Each block begun is charged to the quota whole; a segment seldom needs a second one. */
  private static final long BLOCK_BYTES = 8L << 20;

  private static final int BUFFER_BYTES = 4096;

  private final FileSystem fs;
  private final LeaseRecoverable leases;
  private final Path directory;
  private final int replication;

  /**
   * A store below {@code directory}.
   *
   * @param fs this store's alone, and closed with it
   * @param leases the same file system
   * @param replication 0 for the file system's default
   */
  HdfsSegments(FileSystem fs, LeaseRecoverable leases, Path directory, int replication) {
    this.fs = fs;
    this.leases = leases;
    this.directory = directory;
    this.replication = replication;
  }

  @Override
  public boolean tryLock() {
    return true;
  }

  @Override
  public void unlock() {
    // The lease goes with the stream.
  }

  @Override
  public List<String> list() throws IOException {
    try {
      List<String> names = new ArrayList<>();
      for (FileStatus file : fs.listStatus(directory)) {
        names.add(file.getPath().getName());
      }
      return names;
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** To the end rather than to the status's length, which is stale for an open file. */
  @Override
  public byte[] read(String name, long offset) throws IOException {
    try (FSDataInputStream in = fs.open(path(name))) {
      if (offset > 0) {
        in.seek(offset);
      }
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw missing(name, e);
    } catch (EOFException e) {
      // Another replica shows less than was seen before: certainly no more.
      return new byte[0];
    } catch (IOException e) {
      if (leases.isFileClosed(path(name))) {
        throw e;
      }
      throw new IOException(
          address(name)
              + " is open and its end can't be read; if its DataNodes were restarted, it can be"
              + " once the ledger has been opened anew",
          e);
    }
  }

  @Override
  public boolean closed(String name) throws IOException {
    try {
      return leases.isFileClosed(path(name));
    } catch (FileNotFoundException e) {
      throw missing(name, e);
    }
  }

  @Override
  public void recover(String name) throws IOException {
    boolean unused = leases.recoverLease(path(name)); // false: begun; the caller polls closed()
  }

  @Override
  public SegmentWriter create(String name) throws IOException {
    Path path = path(name);
    short copies = replication > 0 ? (short) replication : fs.getDefaultReplication(path);
    FSDataOutputStream out;
    try {
      out = fs.create(path, false, BUFFER_BYTES, copies, BLOCK_BYTES);
    } catch (IOException e) {
      // Which exception it is depends on whether the other's file is open (AlreadyBeingCreated).
      if (fs.exists(path)) {
        throw (FileAlreadyExistsException)
            new FileAlreadyExistsException(address(name)).initCause(e);
      }
      throw e;
    }
    if (!out.hasCapability(StreamCapabilities.HSYNC)) {
      out.close();
      throw new IOException(
          address(name)
              + " can't be synced; is the directory erasure coded? The ledger needs replication");
    }
    return new StreamWriter(out, address(name));
  }

  /** FileSystem.rename moves into a directory, and says false where others throw. */
  @Override
  public void rename(String from, String to) throws IOException {
    if (fs.exists(path(to))) {
      throw new FileAlreadyExistsException(address(to));
    }
    if (!fs.rename(path(from), path(to))) {
      throw new IOException("could not rename " + address(from) + " to " + address(to));
    }
  }

  @Override
  public void moveTo(String siblingDirectory, String name) throws IOException {
    Path other = new Path(directory.getParent(), siblingDirectory);
    Path to = new Path(other, name);
    if (!fs.mkdirs(other)) {
      throw new IOException("could not create " + other);
    }
    if (fs.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    if (!fs.rename(path(name), to)) {
      throw new IOException("could not rename " + address(name) + " to " + to);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    if (!fs.delete(path(name), false) && fs.exists(path(name))) {
      throw new IOException("could not delete " + address(name));
    }
  }

  @Override
  public String address(String name) {
    return path(name).toString();
  }

  @Override
  public void close() {
    try {
      fs.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path(String name) {
    return new Path(directory, name);
  }

  private NoSuchFileException missing(String name, FileNotFoundException cause) {
    return (NoSuchFileException) new NoSuchFileException(address(name)).initCause(cause);
  }

  private record StreamWriter(FSDataOutputStream out, String address) implements SegmentWriter {
    @Override
    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
    }

    @Override
    public void sync() throws IOException {
      try {
        out.hsync();
      } catch (IOException e) {
        throw told(e);
      }
    }

    /** HDFS throws the very exception of the sync again, which can't be suppressed by itself. */
    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        throw new IOException(told(e).getMessage(), e);
      }
    }

    /** Of all that a fenced writer may meet, this alone is certain; as a text, in any wrapping. */
    private IOException told(IOException e) {
      return e.toString().contains("LeaseExpiredException")
          ? new IOException(
              "another daemon has taken the ledger, or is about to: the lease of "
                  + address
                  + " is no longer ours",
              e)
          : e;
    }
  }
}
