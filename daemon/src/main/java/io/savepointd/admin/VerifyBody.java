package io.savepointd.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Body of {@code POST /verify}: what a look at each savepoint has shown, newest first. */
public record VerifyBody(List<LookBody> savepoints) {
  /**
   * One savepoint.
   *
   * @param bytes what it takes on storage, by the ledger's word
   * @param result {@code good}, {@code damaged}, {@code missing}, {@code unknown} (the storage
   *     can't tell) or {@code deleted} (by retention, while it was looked for)
   * @param reason why it isn't good; null if it is
   * @param done what follows from that on the ledger; null if nothing does
   * @param millis how long the look took
   */
  public record LookBody(
      String id,
      String job,
      Instant takenAt,
      long bytes,
      String result,
      Optional<String> reason,
      Optional<String> done,
      long millis) {}
}
