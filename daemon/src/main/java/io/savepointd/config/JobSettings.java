package io.savepointd.config;

import io.savepointd.model.Job;
import io.savepointd.retention.RetentionPolicy;
import io.savepointd.schedule.ScheduleSettings;
import io.savepointd.supervise.SupervisionSettings;
import java.util.List;

/** Everything the configuration says of one job. */
public record JobSettings(
    Job job,
    SupervisionSettings supervision,
    List<ScheduleSettings> schedules,
    RetentionPolicy retention) {
  /** Copies the schedules. */
  public JobSettings {
    schedules = List.copyOf(schedules);
  }
}
