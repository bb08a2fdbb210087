package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Looks at all that lies under the root and sorts it by place and name. Costs one listing for the
 * root, one for each job and one for each trigger. What comes or goes meanwhile may be missed.
 */
final class Survey {
  private final FileSystem fileSystem;
  private final StorageRoot root;
  private final List<Stored> found = new ArrayList<>();

  Survey(FileSystem fileSystem, StorageRoot root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  List<Stored> all() throws IOException {
    for (FileStatus entry : childrenOf(root.path())) {
      String name = entry.getPath().getName();
      if (!isPlainDirectory(entry)) {
        foreign(entry);
      } else if (entry.getPath().equals(root.own())) {
        lookIntoOwn();
      } else if (JobName.isValid(name)) {
        lookIntoJob(entry.getPath(), new JobName(name));
      } else {
        foreign(entry);
      }
    }
    found.sort(Comparator.comparing(Stored::path));
    return List.copyOf(found);
  }

  /** The ledger's part is the ledger's own business. */
  private void lookIntoOwn() throws IOException {
    for (FileStatus entry : childrenOf(root.own())) {
      if (!entry.getPath().equals(root.trash())) {
        continue;
      }
      if (isPlainDirectory(entry)) {
        lookIntoTrash();
      } else {
        foreign(entry);
      }
    }
  }

  private void lookIntoTrash() throws IOException {
    for (FileStatus entry : childrenOf(root.trash())) {
      if (isPlainDirectory(entry)) {
        Optional<Stored.Owner> owner = root.ownerOfTombstone(entry.getPath());
        add(entry, entry.getModificationTime(), new Stored.Tombstone(owner));
      } else {
        foreign(entry);
      }
    }
  }

  private void lookIntoJob(Path directory, JobName job) throws IOException {
    for (FileStatus entry : childrenOf(directory)) {
      String name = entry.getPath().getName();
      if (isPlainDirectory(entry) && TriggerId.isValid(name)) {
        lookIntoTrigger(entry, job, new TriggerId(name));
      } else {
        foreign(entry);
      }
    }
  }

  private void lookIntoTrigger(FileStatus entry, JobName job, TriggerId trigger)
      throws IOException {
    if (!(Listing.of(fileSystem, entry.getPath()) instanceof Listing.Directory children)) {
      return;
    }
    if (children.holdsCheckpoints() && children.savepoints().isEmpty()) {
      add(entry, entry.getModificationTime(), new Stored.Checkpoints());
      return;
    }
    long latest =
        children.children().values().stream()
            .mapToLong(FileStatus::getModificationTime)
            .reduce(entry.getModificationTime(), Math::max);
    add(entry, latest, new Stored.OfTrigger(job, trigger, children.savepoints()));
  }

  private void foreign(FileStatus entry) {
    add(entry, entry.getModificationTime(), new Stored.Foreign());
  }

  private void add(FileStatus entry, long modifiedMillis, Stored.Kind kind) {
    String path = entry.getPath().toString();
    found.add(new Stored(path, Instant.ofEpochMilli(modifiedMillis), kind));
  }

  private Collection<FileStatus> childrenOf(Path directory) throws IOException {
    return Listing.of(fileSystem, directory) instanceof Listing.Directory listed
        ? listed.children().values()
        : List.of();
  }

  /** HDFS lists a link as a link, but RawLocalFileSystem as what it leads to. */
  private boolean isPlainDirectory(FileStatus entry) throws IOException {
    if (entry.isSymlink() || !entry.isDirectory()) {
      return false;
    }
    return !(fileSystem instanceof RawLocalFileSystem)
        || !fileSystem
            .getFileLinkStatus(Path.getPathWithoutSchemeAndAuthority(entry.getPath()))
            .isSymlink();
  }
}
