package io.savepointd.schedule;

import java.time.Instant;
import java.util.Optional;

/** Whether a schedule came due while nobody was there to fire it. */
public final class CatchUp {
  private CatchUp() {}

  /**
   * The first firing that was missed; one catch-up makes good for it and all that followed.
   *
   * @param since when the schedule last led to a savepoint's intent, or was first known
   */
  public static Optional<Instant> due(CronSchedule schedule, Instant since, Instant now) {
    return schedule.next(since).filter(due -> !due.isAfter(now));
  }
}
