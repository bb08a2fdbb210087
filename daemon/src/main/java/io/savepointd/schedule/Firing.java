package io.savepointd.schedule;

import io.savepointd.model.JobName;
import java.time.Instant;

/** What to do when a schedule fires. */
@FunctionalInterface
public interface Firing {
  /**
   * Called on one of the clock's few threads: hand over and return at once.
   *
   * @param due when it was to fire; after a stall, when the stall ended
   */
  void fire(JobName job, ScheduleSettings schedule, Instant due);
}
