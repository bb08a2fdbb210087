package io.savepointd.storage;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Finds files of one directory by their names, with few requests however many files are asked for
 * and however many others lie beside them: by a listing, which HDFS hands out a thousand files at a
 * time, for as long as that is cheaper than a question for each file.
 */
final class FilesByName {
  /** So few are asked for one by one. */
  static final int FEW = 16;

  /** A listing may run over so many files for each one asked for; see decision 0041. */
  static final int ENTRIES_FOR_ONE = 20;

  private final FileSystem fileSystem;
  private final Runnable onProgress;

  /** Tells {@code onProgress} of each answer's files. */
  FilesByName(FileSystem fileSystem, Runnable onProgress) {
    this.fileSystem = fileSystem;
    this.onProgress = onProgress;
  }

  /**
   * What is there, by name; what isn't there is missing in the answer too.
   *
   * @throws IOException if nobody could tell of one of them
   */
  Map<String, FileStatus> in(Path directory, Set<String> names) throws IOException {
    Map<String, FileStatus> found = new HashMap<>();
    if (names.size() > FEW && list(directory, names, found)) {
      return found;
    }
    Set<String> left = new HashSet<>(names);
    left.removeAll(found.keySet());
    for (String name : left) {
      ask(new Path(directory, new Path(null, null, name)))
          .ifPresent(status -> found.put(name, status));
      onProgress.run();
    }
    return found;
  }

  /** Whether what isn't found by now isn't there; else the listing was given up as too long. */
  private boolean list(Path directory, Set<String> names, Map<String, FileStatus> found)
      throws IOException {
    long left = (long) names.size() * ENTRIES_FOR_ONE;
    try {
      RemoteIterator<FileStatus> each = fileSystem.listStatusIterator(directory);
      while (found.size() < names.size() && each.hasNext()) {
        FileStatus status = each.next();
        String name = status.getPath().getName();
        onProgress.run();
        // A file's listing is the file itself, which must not pass for a child of that name.
        if (status.isFile() && status.getPath().equals(fileSystem.makeQualified(directory))) {
          return true;
        }
        if (names.contains(name)) {
          found.put(name, status);
        }
        if (--left == 0) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      Absence.requireProvenBy(e);
      // A directory that has vanished under its listing has taken with it what was found there.
      found.clear();
      return true;
    }
  }

  private Optional<FileStatus> ask(Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no file of this file system could have that name
    } catch (IOException e) {
      Absence.requireProvenBy(e);
      return Optional.empty();
    }
  }
}
