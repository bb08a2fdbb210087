package io.savepointd.storage;

import io.savepointd.model.StateFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Compares the files that one savepoint's metadata names with what is there. Files inside the
 * savepoint's directory cost one listing for each directory (nearly always one in all), those
 * outside one question each, since a {@code shared/} directory may hold other checkpoints' files by
 * the thousand.
 */
final class StateFileCheck {
  private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:/.*");
  private static final int NAMED = 3;

  private final HadoopFileSystems fileSystems;
  private final FileSystem home;
  private final Path directory;
  private final Map<Path, Listing> listings = new HashMap<>();
  private final Map<Path, Long> lengths = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  StateFileCheck(
      HadoopFileSystems fileSystems, FileSystem home, Path directory, Listing.Directory found) {
    this.fileSystems = fileSystems;
    this.home = home;
    this.directory = directory;
    listings.put(directory, found);
  }

  void add(StateFile file) throws IOException {
    Path path;
    try {
      path = resolve(file.path());
    } catch (IllegalArgumentException e) {
      faults.add("'" + file.path() + "' is no path");
      return;
    }
    Optional<FileStatus> status = find(path);
    if (status.isEmpty()) {
      faults.add(path + " is missing");
    } else if (status.get().isDirectory()) {
      faults.add(path + " is a directory");
    } else {
      compare(file, path, status.get().getLen());
    }
  }

  private void compare(StateFile file, Path path, long length) throws IOException {
    lengths.put(path, length);
    if (length < file.bytes()) {
      if (faults.size() < NAMED) {
        Verifier.requireClosed(fileSystems.of(path), path);
      }
      faults.add(path + " has " + length + " of its " + file.bytes() + " bytes");
    } else if (file.exact() && length > file.bytes()) {
      faults.add(path + " has " + length + " bytes where " + file.bytes() + " are right");
    }
  }

  Verification result(FileStatus metadata) {
    if (faults.isEmpty()) {
      lengths.put(metadata.getPath(), metadata.getLen());
      return new Verification.Good(
          lengths.values().stream().mapToLong(Long::longValue).sum(), lengths.size());
    }
    String first = String.join("; ", faults.subList(0, Math.min(NAMED, faults.size())));
    int more = faults.size() - NAMED;
    return new Verification.Damaged(more > 0 ? first + "; and " + more + " more" : first);
  }

  private Path resolve(String path) {
    // Without a scheme of its own an absolute path means the savepoint's file system.
    return ABSOLUTE.matcher(path).matches()
        ? new Path(path).makeQualified(home.getUri(), directory)
        : new Path(directory, new Path(null, null, path));
  }

  private Optional<FileStatus> find(Path path) throws IOException {
    Path parent = path.getParent();
    if (!inside(path)) {
      return lookUp(path);
    }
    Listing listing = listings.get(parent);
    if (listing == null) {
      listing = Listing.of(home, parent);
      listings.put(parent, listing);
    }
    return listing instanceof Listing.Directory found
        ? found.child(path.getName())
        : Optional.empty();
  }

  private boolean inside(Path path) {
    for (Path up = path.getParent(); up != null; up = up.getParent()) {
      if (up.equals(directory)) {
        return true;
      }
    }
    return false;
  }

  private Optional<FileStatus> lookUp(Path path) throws IOException {
    try {
      return Optional.of(fileSystems.of(path).getFileStatus(path));
    } catch (IOException e) {
      Absence.requireProvenBy(e);
      return Optional.empty();
    }
  }
}
