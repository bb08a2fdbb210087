package io.savepointd.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Body of {@code POST /ledger-rebuild}.
 *
 * @param present how the present ledger stands, in words
 * @param savepoints what becomes of each savepoint on storage
 * @param held the jobs that will not be started by themselves
 * @param notes what is lost, and what to do next, a sentence each
 * @param outcomes one, of the job {@code ledger}
 */
public record RebuildBody(
    String present,
    List<FoundBody> savepoints,
    List<HeldBody> held,
    List<String> notes,
    List<OutcomeBody> outcomes) {
  /**
   * One savepoint on storage.
   *
   * @param writtenAt null if it was never finished
   * @param takenIn whether it goes onto the new ledger
   * @param reason why not; empty if it does
   */
  public record FoundBody(
      String job,
      String id,
      String path,
      Optional<Instant> writtenAt,
      boolean takenIn,
      String reason) {}

  /** A job that a person has to start. */
  public record HeldBody(String job, String reason) {}
}
