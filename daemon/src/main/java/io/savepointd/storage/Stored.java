package io.savepointd.storage;

import io.savepointd.model.JobName;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that lies under the storage root, as a survey has found it.
 *
 * @param path fully qualified, spelled as the root is
 * @param modifiedAt when something last came or went directly in it, by the storage's own clock; of
 *     a trigger's directory, in it or in one of its children, so that a savepoint which is still
 *     being written looks young
 */
public record Stored(String path, Instant modifiedAt, Kind kind) {

  /** What it is, as far as its place and its name can tell. */
  public sealed interface Kind {}

  /**
   * A trigger's own directory, {@code <root>/<job>/<triggerId>}.
   *
   * @param savepoints the {@code savepoint-…} directories in it, complete or not, sorted
   */
  public record OfTrigger(JobName job, TriggerId trigger, List<String> savepoints)
      implements Kind {}

  /** Where Flink keeps the checkpoints of a run: not ours to touch, whoever's run that is. */
  public record Checkpoints() implements Kind {}

  /**
   * What a deletion has renamed and not yet taken away.
   *
   * @param owner whose directory it was; empty if its name doesn't say
   */
  public record Tombstone(Optional<Owner> owner) implements Kind {}

  /** Nothing that this project has put there: other names, plain files, links. */
  public record Foreign() implements Kind {}

  /** Whose directory a tombstone was. */
  public record Owner(JobName job, TriggerId trigger) {}
}
