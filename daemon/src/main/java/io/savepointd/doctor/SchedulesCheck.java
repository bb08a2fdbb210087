package io.savepointd.doctor;

import io.savepointd.config.JobSettings;
import io.savepointd.schedule.ScheduleSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When a job's schedules fire next; one that never does is hardly meant. */
final class SchedulesCheck implements Check {
  private final JobSettings job;
  private final Clock clock;

  SchedulesCheck(JobSettings job, Clock clock) {
    this.job = job;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "job " + job.job().name() + " schedules";
  }

  @Override
  public Verdict look() {
    if (job.schedules().isEmpty()) {
      return new Verdict.Ok("none: savepoints only by command");
    }
    Instant now = clock.instant();
    List<String> next = new ArrayList<>();
    List<String> never = new ArrayList<>();
    for (ScheduleSettings schedule : job.schedules()) {
      Optional<Instant> fires = schedule.cron().next(now);
      if (fires.isPresent()) {
        next.add(schedule.name() + " next at " + fires.get().atZone(schedule.cron().zone()));
      } else {
        never.add(schedule.name() + " ('" + schedule.cron().expression() + "')");
      }
    }
    return never.isEmpty()
        ? new Verdict.Ok(String.join(", ", next))
        : new Verdict.Warn(
            "never fires again: " + String.join(", ", never), "correct its cron, or remove it");
  }

  @Override
  public String remedy(IOException failure) {
    return "correct the schedules";
  }
}
