package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;

/**
 * Whether savepoints could be deleted by this user, which Flink has written as its own: their
 * directories must let it in to rename and delete. Looks at one savepoint of each job.
 */
final class OpenDoors {
  private final FileSystem fileSystem;
  private final StorageRoot root;

  OpenDoors(FileSystem fileSystem, StorageRoot root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  List<String> closedTo(Set<JobName> jobs) throws IOException {
    List<String> closed = new ArrayList<>();
    for (JobName job : new TreeSet<>(jobs)) {
      Optional<Path> door = closedDoor(root.job(job));
      door.ifPresent(path -> closed.add(path.toString()));
    }
    return closed;
  }

  private Optional<Path> closedDoor(Path job) throws IOException {
    Optional<Path> next = fileSystem.exists(job) ? Optional.of(job) : Optional.empty();
    while (next.isPresent()) {
      if (!open(next.get())) {
        return next;
      }
      next = next.get().depth() > job.depth() + 1 ? Optional.empty() : child(next.get(), job);
    }
    return Optional.empty();
  }

  private Optional<Path> child(Path directory, Path job) throws IOException {
    if (!(Listing.of(fileSystem, directory) instanceof Listing.Directory listed)) {
      return Optional.empty();
    }
    Collection<FileStatus> children = listed.children().values();
    return children.stream()
        .filter(FileStatus::isDirectory)
        .map(FileStatus::getPath)
        .filter(path -> !directory.equals(job) || TriggerId.isValid(path.getName()))
        .sorted()
        .findFirst();
  }

  /** Asked of the NameNode, which knows of groups and lists of its own. */
  private boolean open(Path directory) throws IOException {
    if (directory.toUri().getScheme().equals("file")) {
      java.nio.file.Path local = java.nio.file.Path.of(directory.toUri().getPath());
      return Files.isWritable(local) && Files.isExecutable(local);
    }
    try {
      fileSystem.access(directory, FsAction.ALL);
      return true;
    } catch (AccessControlException e) {
      return false;
    }
  }
}
