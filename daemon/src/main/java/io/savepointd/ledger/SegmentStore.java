package io.savepointd.ledger;

import java.io.IOException;
import java.util.List;

/**
 * The directory a ledger lies in, on some file system: the seam between what the ledger means and
 * where its bytes are. Names are plain file names in that directory. Any IOException may pass, or
 * may not; nothing here tries again by itself.
 */
interface SegmentStore extends AutoCloseable {
  /**
   * Takes the lock that stands for all segments together, where there is one. On HDFS there is
   * none, each segment's lease is its lock, and this always succeeds.
   *
   * @return false if somebody else has it; doesn't wait
   */
  boolean tryLock() throws IOException;

  /** Gives back what {@link #tryLock} took; harmless without it. */
  void unlock();

  /** The files there are; none if there is no directory yet. */
  List<String> list() throws IOException;

  /**
   * A file's bytes from {@code offset} to its end, or up to what is visible of one still written.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  byte[] read(String name, long offset) throws IOException;

  /** Whether it is certain that nobody can write to the file any more. */
  boolean closed(String name) throws IOException;

  /**
   * Begins to take the file from its writer; done once {@link #closed} says so. Until then the
   * writer may still append with success. To be called once, then waited for: a second call in the
   * middle of a recovery only disturbs it.
   */
  void recover(String name) throws IOException;

  /**
   * Creates a file that wasn't there and opens it for writing.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it was there
   */
  SegmentWriter create(String name) throws IOException;

  /** Renames a closed file to a name that isn't taken. */
  void rename(String from, String to) throws IOException;

  /**
   * Renames a file into a directory beside this one, which is made if need be, under its own name.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file already
   */
  void moveTo(String siblingDirectory, String name) throws IOException;

  /** Deletes a file; one that isn't there is no error. */
  void delete(String name) throws IOException;

  /** The whole address of a file, for messages. */
  String address(String name);

  @Override
  void close();
}
