package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Who lies where under the storage root; names paths and judges them, touches nothing. */
final class StorageRoot {
  private static final Pattern SAVEPOINT_NAME = Pattern.compile("savepoint-[A-Za-z0-9-]+");
  private static final Pattern TOMBSTONE_NAME =
      Pattern.compile("(?<job>.+)-(?<trigger>[0-9a-f]{32})");

  private final Path path;

  /** Takes a fully qualified directory. */
  StorageRoot(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  Path job(JobName job) {
    return new Path(path, job.value());
  }

  Path trigger(JobName job, TriggerId trigger) {
    return new Path(job(job), trigger.value());
  }

  /** What belongs to the daemon itself: the ledger and the trash. */
  Path own() {
    return new Path(path, ".savepointd");
  }

  Path trash() {
    return new Path(own(), "trash");
  }

  /** An id is always 32 digits, so no two triggers share a tombstone, whatever the job's name. */
  Path tombstone(JobName job, TriggerId trigger) {
    return new Path(trash(), job + "-" + trigger);
  }

  /** Whose tombstone this is, if its name says so. */
  Optional<Stored.Owner> ownerOfTombstone(Path tombstone) {
    Matcher name = TOMBSTONE_NAME.matcher(tombstone.getName());
    return name.matches() && JobName.isValid(name.group("job"))
        ? Optional.of(
            new Stored.Owner(new JobName(name.group("job")), new TriggerId(name.group("trigger"))))
        : Optional.empty();
  }

  /**
   * Refuses a savepoint whose path isn't a savepoint's in {@code expected}, the directory that was
   * made from its ids. They must agree to the letter, once the server is spelled alike.
   *
   * @throws IllegalArgumentException if they don't
   */
  static void requireIn(Path expected, String given, Spelling spelling) {
    if (given.isEmpty() || List.of(given.split("/")).contains("..")) {
      throw refused(given, expected);
    }
    // Flink may write file:///x where Hadoop writes file:/x: Path makes them one.
    Path plain = new Path(given);
    Path normal = plain.toUri().getScheme() == null ? plain : spelling.of(plain);
    if (!expected.equals(normal.getParent())
        || !SAVEPOINT_NAME.matcher(normal.getName()).matches()) {
      throw refused(given, expected);
    }
  }

  /** Every directory below the root that leads to {@code leaf}, which is among them. */
  List<Path> partsTo(Path leaf) {
    return Stream.iterate(leaf, part -> !part.equals(path), Path::getParent).toList();
  }

  private static IllegalArgumentException refused(String given, Path expected) {
    return new IllegalArgumentException(
        "'" + given + "' is not " + expected + "/savepoint-…: nothing is deleted");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
