package io.savepointd.storage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory {@code <root>/.savepointd/doctor-<32 digits>} to try things in, that leaves nothing
 * behind: what it had to create above itself goes with it, unless something else has come to lie
 * there meanwhile.
 */
final class ScratchDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);
  private static final Pattern NAME = Pattern.compile("doctor-[0-9a-f]{32}");

  /** No examination takes so long, so that what is older belongs to one that was killed. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final FileSystem fileSystem;
  private final StorageRoot root;
  private final Path path;
  private final List<Path> createdAbove = new ArrayList<>();
  private boolean made;
  private boolean removed;

  ScratchDirectory(FileSystem fileSystem, StorageRoot root) {
    this.fileSystem = fileSystem;
    this.root = root;
    this.path = new Path(root.own(), "doctor-" + UUID.randomUUID().toString().replaceAll("-", ""));
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return new Path(path, name);
  }

  void make() throws IOException {
    List<Path> missing = new ArrayList<>();
    Path above = path.getParent();
    while (above != null && !fileSystem.exists(above)) {
      missing.add(above);
      above = above.getParent();
    }
    synchronized (this) {
      createdAbove.addAll(missing);
      made = true;
    }
    if (!fileSystem.mkdirs(path)) {
      throw new IOException("could not create " + path + ", and the file system doesn't say why");
    }
    if (isRemoved()) {
      remove();
      throw new IOException(path + " was removed while it was made");
    }
    sweep();
  }

  /** Ages by the storage's own clock: that of the directory just made. */
  private void sweep() {
    try {
      long now = fileSystem.getFileStatus(path).getModificationTime();
      for (FileStatus entry : fileSystem.listStatus(root.own())) {
        if (NAME.matcher(entry.getPath().getName()).matches()
            && entry.isDirectory()
            && !entry.isSymlink()
            && now - entry.getModificationTime() > ABANDONED.toMillis()) {
          boolean gone = fileSystem.delete(entry.getPath(), true);
          LOG.debug("event=doctor.swept path={} gone={}", entry.getPath(), gone);
        }
      }
    } catch (IOException e) {
      // It bothers nobody, and the next one tries again.
      LOG.debug("event=doctor.not-swept", e);
    }
  }

  private synchronized boolean isRemoved() {
    return removed;
  }

  /** Takes it away; harmless when repeated, or when it was never made. */
  void remove() throws IOException {
    List<Path> above;
    synchronized (this) {
      removed = true;
      if (!made) {
        return;
      }
      above = List.copyOf(createdAbove);
    }
    if (!fileSystem.delete(path, true) && fileSystem.exists(path)) {
      throw new IOException(path + " is still there after its deletion");
    }
    for (Path each : above) {
      if (!removedIfEmpty(each)) {
        return;
      }
    }
  }

  private boolean removedIfEmpty(Path directory) {
    try {
      return fileSystem.delete(directory, false);
    } catch (IOException e) {
      LOG.debug("event=doctor.kept path={}", directory, e);
      return false;
    }
  }
}
