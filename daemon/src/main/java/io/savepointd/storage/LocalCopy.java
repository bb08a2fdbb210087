package io.savepointd.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of this machine that something is copied to. Its own failures are told from those of the
 * storage that is copied from: a full disk here is nothing that HDFS will get over.
 */
final class LocalCopy extends OutputStream {
  private final Path path;
  private final OutputStream out;

  /** This machine can't take the file. */
  static final class NotWritten extends IOException {
    private static final long serialVersionUID = 1L;

    NotWritten(Path path, IOException cause) {
      super(path + " can't be written on this machine: " + cause.getMessage(), cause);
    }
  }

  private LocalCopy(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  static LocalCopy to(Path path) throws NotWritten {
    try {
      return new LocalCopy(path, Files.newOutputStream(path));
    } catch (IOException e) {
      throw new NotWritten(path, e);
    }
  }

  @Override
  public void write(int one) throws NotWritten {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws NotWritten {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new NotWritten(path, e);
    }
  }

  @Override
  public void close() throws NotWritten {
    try {
      out.close();
    } catch (IOException e) {
      throw new NotWritten(path, e);
    }
  }
}
