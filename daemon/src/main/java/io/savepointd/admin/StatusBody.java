package io.savepointd.admin;

import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Body of {@code GET /status}.
 *
 * @param daemon {@code active}, {@code standby}, {@code starting}, or {@code absent} where a
 *     command answers on its own
 * @param detail why, in words; empty while all is well
 */
public record StatusBody(
    String version, String daemon, String detail, String storageRoot, List<JobBody> jobs) {

  /**
   * One job.
   *
   * @param state such as {@code running}; {@code since} is when it came into it
   * @param quarantined how many savepoints were found no good, and are kept without being used
   * @param leftovers how many failed savepoints have left something behind that waits for its
   *     deletion
   * @param nextFire when the next schedule fires
   */
  public record JobBody(
      String name,
      String cluster,
      String state,
      String detail,
      Optional<Instant> since,
      Optional<String> run,
      Optional<NewestBody> newestSavepoint,
      int retained,
      int quarantined,
      int leftovers,
      Optional<Instant> nextFire) {}

  /** The newest retained savepoint. */
  public record NewestBody(String id, String path, Instant takenAt, long ageSeconds) {
    /** Of a savepoint, as old as it is at {@code now}. */
    public static NewestBody of(Savepoint savepoint, Instant now) {
      return new NewestBody(
          savepoint.id().value(),
          savepoint.path(),
          savepoint.takenAt(),
          Math.max(0, Duration.between(savepoint.takenAt(), now).toSeconds()));
    }
  }
}
