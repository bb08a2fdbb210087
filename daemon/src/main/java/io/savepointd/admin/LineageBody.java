package io.savepointd.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Body of {@code GET /lineage}: runs, newest first, each with what it stands on. */
public record LineageBody(List<RunBody> runs) {
  /**
   * One run.
   *
   * @param from the word for what it started from: a savepoint, a checkpoint, nothing, or unknown
   *     (adopted)
   * @param fromPath the savepoint or checkpoint it was restored from
   * @param fromTakenAt when that was taken, if it is on this ledger
   * @param fromRun the run that it was taken from, if that is known
   * @param state such as {@code started} or {@code failed}
   * @param launch what it was started with; null if it was adopted
   * @param stateDropAllowed whether state without a place in its program could be dropped at its
   *     start, as a person had allowed for that start alone
   * @param savepoints ids of the savepoints taken from this run, oldest first
   */
  public record RunBody(
      String job,
      String run,
      String cluster,
      Instant submittedAt,
      String from,
      Optional<String> fromPath,
      Optional<Instant> fromTakenAt,
      Optional<String> fromRun,
      String state,
      Optional<Instant> endedAt,
      Optional<String> reason,
      Optional<LaunchBody> launch,
      boolean stateDropAllowed,
      List<String> savepoints) {}
}
