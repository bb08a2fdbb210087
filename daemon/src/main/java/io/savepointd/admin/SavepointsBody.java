package io.savepointd.admin;

import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Body of {@code GET /savepoints}, newest first. */
public record SavepointsBody(List<SavepointBody> savepoints) {
  /**
   * One savepoint.
   *
   * @param tookMillis from the request until it was verified and on the ledger; null if it was made
   *     by hand
   * @param run the run it was taken from; null if it was made by hand
   * @param occasion one word: scheduled, requested, stopping or adopted
   * @param schedule the schedule it was taken for; null on any other occasion
   * @param launch what made it: jar, arguments and parallelism of its run; null if that isn't known
   */
  public record SavepointBody(
      String id,
      String job,
      String path,
      Instant takenAt,
      String state,
      long bytes,
      Optional<Long> tookMillis,
      boolean pinned,
      Optional<String> run,
      String occasion,
      Optional<String> schedule,
      Optional<LaunchBody> launch) {
    /** Of a savepoint on the ledger, and what its run was started with, if that is on it too. */
    public static SavepointBody of(Savepoint s, Optional<Launch> launch) {
      return new SavepointBody(
          s.id().value(),
          s.job().value(),
          s.path(),
          s.takenAt(),
          s.state().name().toLowerCase(Locale.ROOT),
          s.bytes(),
          s.took().map(Duration::toMillis),
          s.pinned(),
          s.run().map(RunId::value),
          word(s.occasion()),
          s.occasion() instanceof Occasion.Scheduled scheduled
              ? Optional.of(scheduled.schedule())
              : Optional.empty(),
          launch.map(LaunchBody::of));
    }

    /** The one word for an occasion. */
    public static String word(Occasion occasion) {
      return occasion.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }
}
