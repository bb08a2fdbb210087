package io.savepointd.storage;

import io.savepointd.model.StateFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Compares the files that one savepoint's metadata names with what is there, directory by
 * directory. Of the savepoint's own directory and those below it there is one listing each, nearly
 * always one in all; what is asked of others, such as a {@code shared/}, is {@link FilesByName}'s.
 */
final class StateFileCheck {
  private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:/.*");
  private static final int NAMED = 3;

  private final HadoopFileSystems fileSystems;
  private final Spelling spelling;
  private final Runnable onProgress;
  private final Path directory;
  private final Map<Path, Listing> listings = new HashMap<>();
  private final Map<Path, Long> lengths = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  private record Wanted(StateFile file, Path path) {}

  /**
   * Takes {@code _metadata} and what else lies in its directory; tells {@code onProgress} of each
   * file that it hears of.
   */
  StateFileCheck(
      HadoopFileSystems fileSystems,
      Spelling spelling,
      Runnable onProgress,
      FileStatus metadata,
      Listing.Directory found) {
    this.fileSystems = fileSystems;
    this.spelling = spelling;
    this.onProgress = onProgress;
    this.directory = metadata.getPath().getParent();
    listings.put(directory, found);
    lengths.put(metadata.getPath(), metadata.getLen());
  }

  /** Looks for all of these. */
  void add(List<StateFile> files) throws IOException {
    Map<Path, List<Wanted>> byDirectory = new LinkedHashMap<>();
    for (StateFile file : files) {
      try {
        Path path = resolve(file.path());
        if (path.isRoot()) {
          faults.add(path + " is a directory");
          continue;
        }
        byDirectory
            .computeIfAbsent(path.getParent(), parent -> new ArrayList<>())
            .add(new Wanted(file, path));
      } catch (IllegalArgumentException e) {
        isNoPath(file);
      }
    }
    for (Map.Entry<Path, List<Wanted>> each : byDirectory.entrySet()) {
      add(each.getKey(), each.getValue());
    }
  }

  private void add(Path parent, List<Wanted> wanted) throws IOException {
    Map<String, FileStatus> there;
    try {
      there = lookInto(parent, wanted);
    } catch (IllegalArgumentException e) {
      wanted.forEach(each -> isNoPath(each.file()));
      return;
    }
    for (Wanted each : wanted) {
      FileStatus status = there.get(each.path().getName());
      if (status == null) {
        faults.add(each.path() + " is missing");
      } else if (status.isDirectory()) {
        faults.add(each.path() + " is a directory");
      } else {
        compare(each.file(), each.path(), status.getLen());
      }
      onProgress.run();
    }
  }

  private Map<String, FileStatus> lookInto(Path parent, List<Wanted> wanted) throws IOException {
    if (!inside(parent)) {
      Set<String> names =
          wanted.stream().map(each -> each.path().getName()).collect(Collectors.toSet());
      return new FilesByName(fileSystems.of(parent), onProgress).in(parent, names);
    }
    Listing listing = listings.get(parent);
    if (listing == null) {
      listing = Listing.of(fileSystems.of(parent), parent, onProgress);
      listings.put(parent, listing);
    }
    return listing instanceof Listing.Directory found ? found.children() : Map.of();
  }

  /** What no file system could hold, such as a zero byte in a name; each finds out in its turn. */
  private void isNoPath(StateFile file) {
    faults.add("'" + file.path() + "' is no path");
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

  /** What is to be said of it all, for the one with that id. */
  Verification result(long id) {
    if (faults.isEmpty()) {
      long bytes = lengths.values().stream().mapToLong(Long::longValue).sum();
      return new Verification.Good(bytes, lengths.size(), outside(), id);
    }
    String first = String.join("; ", faults.subList(0, Math.min(NAMED, faults.size())));
    int more = faults.size() - NAMED;
    return new Verification.Damaged(more > 0 ? first + "; and " + more + " more" : first);
  }

  private List<String> outside() {
    return lengths.keySet().stream()
        .map(Path::getParent)
        .distinct()
        .filter(parent -> !inside(parent))
        .map(Path::toString)
        .sorted()
        .toList();
  }

  private Path resolve(String path) {
    // Without a scheme of its own an absolute path means the savepoint's file system.
    return ABSOLUTE.matcher(path).matches()
        ? spelling.of(new Path(path).makeQualified(directory.toUri(), directory))
        : new Path(directory, new Path(null, null, path));
  }

  private boolean inside(Path parent) {
    for (Path up = parent; up != null; up = up.getParent()) {
      if (up.equals(directory)) {
        return true;
      }
    }
    return false;
  }
}
