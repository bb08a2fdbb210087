package io.savepointd.admin;

import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Body of {@code GET /savepoints}, newest first. */
public record SavepointsBody(List<SavepointBody> savepoints) {
  /**
   * One savepoint.
   *
   * @param schedule the schedule it was taken for; null if it was asked for by command
   */
  public record SavepointBody(
      String id,
      String job,
      String path,
      Instant takenAt,
      String state,
      long bytes,
      String run,
      Optional<String> schedule) {
    /** Of a savepoint on the ledger. */
    public static SavepointBody of(Savepoint s) {
      return new SavepointBody(
          s.id().value(),
          s.job().value(),
          s.path(),
          s.takenAt(),
          s.state().name().toLowerCase(Locale.ROOT),
          s.bytes(),
          s.run().value(),
          s.occasion() instanceof Occasion.Scheduled scheduled
              ? Optional.of(scheduled.schedule())
              : Optional.empty());
    }
  }
}
