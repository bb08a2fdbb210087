package io.savepointd.storage;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** What lies at a path: nothing, a file, or a directory with these children by name. */
sealed interface Listing {
  record Nothing() implements Listing {}

  record File() implements Listing {}

  record Directory(Map<String, FileStatus> children) implements Listing {
    Optional<FileStatus> child(String name) {
      return Optional.ofNullable(children.get(name));
    }

    /** The {@code savepoint-…} directories among them, complete or not, sorted. */
    List<String> savepoints() {
      return directories("savepoint-.*");
    }

    /** The {@code chk-N} directories among them, complete or not, sorted by name. */
    List<String> checkpoints() {
      return directories("chk-[0-9]+");
    }

    /** Whether it is where Flink keeps the checkpoints of a run. */
    boolean holdsCheckpoints() {
      return !directories("chk-[0-9]+|shared|taskowned").isEmpty();
    }

    private List<String> directories(String name) {
      return children.values().stream()
          .filter(FileStatus::isDirectory)
          .map(FileStatus::getPath)
          .filter(path -> path.getName().matches(name))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  /** Asks for a whole directory at once; the client fetches it in pages. */
  static Listing of(FileSystem fileSystem, Path path) throws IOException {
    return of(fileSystem, path, () -> {});
  }

  /** The same, telling {@code onProgress} of each child, since a large one takes many pages. */
  static Listing of(FileSystem fileSystem, Path path, Runnable onProgress) throws IOException {
    Map<String, FileStatus> children = new HashMap<>();
    try {
      RemoteIterator<FileStatus> each = fileSystem.listStatusIterator(path);
      while (each.hasNext()) {
        FileStatus status = each.next();
        // A file's listing is the file itself, which must not pass for a child of that name.
        if (status.isFile() && status.getPath().equals(fileSystem.makeQualified(path))) {
          return new File();
        }
        children.put(status.getPath().getName(), status);
        onProgress.run();
      }
    } catch (IOException e) {
      Absence.requireProvenBy(e);
      return new Nothing();
    }
    return new Directory(children);
  }
}
