package io.savepointd.storage;

import io.savepointd.model.StateFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
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
  private final Spelling spelling;
  private final Path directory;
  private final Map<Path, Listing> listings = new HashMap<>();
  private final Map<Path, Long> lengths = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /** Takes {@code _metadata} and what else lies in its directory. */
  StateFileCheck(
      HadoopFileSystems fileSystems,
      Spelling spelling,
      FileStatus metadata,
      Listing.Directory found) {
    this.fileSystems = fileSystems;
    this.spelling = spelling;
    this.directory = metadata.getPath().getParent();
    listings.put(directory, found);
    lengths.put(metadata.getPath(), metadata.getLen());
  }

  void add(StateFile file) throws IOException {
    Path path;
    Optional<FileStatus> status;
    try {
      path = resolve(file.path());
      status = find(path);
    } catch (IllegalArgumentException e) {
      // What no file system could hold, such as a zero byte in a name; each finds out in its turn.
      faults.add("'" + file.path() + "' is no path");
      return;
    }
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

  /** All of its files with their lengths, {@code _metadata} first. */
  Map<Path, Long> files() {
    return lengths;
  }

  Verification result() {
    if (faults.isEmpty()) {
      long bytes = lengths.values().stream().mapToLong(Long::longValue).sum();
      return new Verification.Good(bytes, lengths.size(), outside());
    }
    String first = String.join("; ", faults.subList(0, Math.min(NAMED, faults.size())));
    int more = faults.size() - NAMED;
    return new Verification.Damaged(more > 0 ? first + "; and " + more + " more" : first);
  }

  private List<String> outside() {
    return lengths.keySet().stream()
        .filter(path -> !inside(path))
        .map(path -> path.getParent().toString())
        .distinct()
        .sorted()
        .toList();
  }

  private Path resolve(String path) {
    // Without a scheme of its own an absolute path means the savepoint's file system.
    return ABSOLUTE.matcher(path).matches()
        ? spelling.of(new Path(path).makeQualified(directory.toUri(), directory))
        : new Path(directory, new Path(null, null, path));
  }

  private Optional<FileStatus> find(Path path) throws IOException {
    Path parent = path.getParent();
    if (!inside(path)) {
      return lookUp(path);
    }
    Listing listing = listings.get(parent);
    if (listing == null) {
      listing = Listing.of(fileSystems.of(parent), parent);
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
