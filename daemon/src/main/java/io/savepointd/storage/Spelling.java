package io.savepointd.storage;

import java.net.URI;
import java.util.Objects;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Gives every path on the root's file system one spelling, the root's: {@code hdfs://nn/x} and
 * {@code hdfs://nn:8020/x} are the same place. Only the file system itself says what is the same.
 */
final class Spelling {
  private final FileSystem fileSystem;
  private final Path root;

  /** Takes the root's file system and the root, fully qualified. */
  Spelling(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** The same place spelled as the root is; a path without a scheme lies on its file system. */
  Path of(Path path) {
    URI home = root.toUri();
    URI uri = path.toUri();
    if (uri.getScheme() == null) {
      return path.makeQualified(home, root);
    }
    boolean spelledAlike =
        uri.getScheme().equals(home.getScheme())
            && Objects.equals(uri.getAuthority(), home.getAuthority());
    return spelledAlike || !isOnTheRootsFileSystem(path)
        ? path
        : new Path(home.getScheme(), home.getAuthority(), uri.getPath());
  }

  /** Fills in default ports and the full names of hosts, and asks no server but DNS. */
  private boolean isOnTheRootsFileSystem(Path path) {
    try {
      return fileSystem.makeQualified(path) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
