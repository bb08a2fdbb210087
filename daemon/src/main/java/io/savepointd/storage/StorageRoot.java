package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.TriggerId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Who lies where under the storage root; names paths and judges them, touches nothing. */
final class StorageRoot {
  private static final Pattern SAVEPOINT_NAME = Pattern.compile("savepoint-[A-Za-z0-9-]+");

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

  Path trash() {
    return new Path(path, ".savepointd/trash");
  }

  /** An id is always 32 digits, so no two savepoints share a tombstone, whatever the job's name. */
  Path tombstone(Savepoint savepoint) {
    return new Path(trash(), savepoint.job() + "-" + savepoint.id());
  }

  /**
   * The only directory that deleting this savepoint may touch. It is made from the savepoint's ids;
   * its path must agree with them to the letter.
   *
   * @throws IllegalArgumentException if it doesn't
   */
  Path triggerDirectory(Savepoint savepoint) {
    Path expected = trigger(savepoint.job(), new TriggerId(savepoint.id().value()));
    String given = savepoint.path();
    if (given.isEmpty() || List.of(given.split("/")).contains("..")) {
      throw refused(given, expected);
    }
    // Flink may write file:///x where Hadoop writes file:/x: Path makes them one.
    Path normal = new Path(given);
    if (!expected.equals(normal.getParent())
        || !SAVEPOINT_NAME.matcher(normal.getName()).matches()) {
      throw refused(given, expected);
    }
    return expected;
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
