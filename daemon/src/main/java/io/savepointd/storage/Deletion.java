package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Takes a trigger's directory away for good. The rename comes first and is atomic, so that nothing
 * ever finds half a savepoint under its own name; whichever step was the last before a crash, doing
 * it all again finishes it.
 */
final class Deletion {
  private final FileSystem fileSystem;
  private final StorageRoot root;

  Deletion(FileSystem fileSystem, StorageRoot root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /**
   * Deletes it; at the return nothing is left, neither in its place nor in the trash.
   *
   * @throws IllegalArgumentException if the path isn't what its ids demand, or leads over a link
   */
  void delete(Savepoint savepoint) throws IOException {
    TriggerId trigger = new TriggerId(savepoint.id().value());
    StorageRoot.requireIn(
        root.trigger(savepoint.job(), trigger),
        savepoint.path(),
        new Spelling(fileSystem, root.path()));
    delete(savepoint.job(), trigger);
  }

  /**
   * Deletes whatever lies in the trigger's own directory, complete or not.
   *
   * @throws IllegalArgumentException if the way there leads over a link
   */
  void delete(JobName job, TriggerId trigger) throws IOException {
    Path directory = root.trigger(job, trigger);
    Path tombstone = root.tombstone(job, trigger);
    refuseDetours(directory);
    refuseDetours(tombstone);
    // A rename onto a directory would move into it, so what an earlier try has left goes first.
    remove(tombstone);
    if (exists(directory)) {
      bury(directory, tombstone);
      remove(tombstone);
    }
  }

  private void bury(Path directory, Path tombstone) throws IOException {
    if (!fileSystem.mkdirs(root.trash())) {
      throw new IOException("could not create " + root.trash());
    }
    if (!fileSystem.rename(directory, tombstone)) {
      throw new IOException("could not rename " + directory + " to " + tombstone);
    }
    if (exists(directory)) {
      throw new IOException(directory + " is still there after its rename to " + tombstone);
    }
  }

  private void remove(Path tombstone) throws IOException {
    if (!exists(tombstone)) {
      return;
    }
    boolean deleted = fileSystem.delete(tombstone, true);
    if (!deleted || exists(tombstone)) {
      throw new IOException(tombstone + " is still there after its deletion");
    }
  }

  /** The root itself may lie behind a link; from there on down only plain directories will do. */
  private void refuseDetours(Path leaf) throws IOException {
    for (Path part : root.partsTo(leaf)) {
      Optional<FileStatus> status = linkStatus(part);
      if (status.isPresent() && (status.get().isSymlink() || !status.get().isDirectory())) {
        throw new IllegalArgumentException(part + " is no plain directory: nothing is deleted");
      }
    }
  }

  private boolean exists(Path path) throws IOException {
    return linkStatus(path).isPresent();
  }

  private Optional<FileStatus> linkStatus(Path path) throws IOException {
    // RawLocalFileSystem looks for a link under the path's text, and "file:/x" is no local path: so
    // it sees links only where there is no scheme.
    Path bare = Path.getPathWithoutSchemeAndAuthority(path);
    try {
      return Optional.of(fileSystem.getFileLinkStatus(bare));
    } catch (IOException e) {
      Absence.requireProvenBy(e);
      return Optional.empty();
    }
  }
}
