package io.savepointd.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a checkpoint, {@code <directory>/chk-<number>}, where the directory is named by the
 * run (FsCheckpointStorageAccess). With {@code execution.checkpointing.create-subdir = false} it
 * isn't, and what lies there can't be told to be of one run or another.
 *
 * @param directory where all checkpoints of the run lie
 * @param number the checkpoint's id, from the counter that numbers the run's savepoints too
 */
public record CheckpointPath(String directory, RunId run, long number) {
  private static final Pattern PATH = Pattern.compile("(.*/([0-9a-f]{32}))/chk-([0-9]{1,18})/?");

  /** Empty if that is no such path. */
  public static Optional<CheckpointPath> of(String path) {
    Matcher parts = PATH.matcher(path);
    return parts.matches()
        ? Optional.of(
            new CheckpointPath(
                parts.group(1), new RunId(parts.group(2)), Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  /** The word for what lies there, a savepoint otherwise. */
  public static String word(String path) {
    return of(path).isPresent() ? "checkpoint" : "savepoint";
  }

  /** As people read it, after the word checkpoint. */
  public String inWords() {
    return "chk-" + number + " of run " + run;
  }
}
