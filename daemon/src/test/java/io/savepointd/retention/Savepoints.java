package io.savepointd.retention;

import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.time.Instant;

/** Retained savepoints by number and age. */
final class Savepoints {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Savepoints() {}

  static Savepoint savepoint(int number, Duration age) {
    return savepoint(new JobName("averaging"), number, age);
  }

  static Savepoint savepoint(JobName job, int number, Duration age) {
    String id = String.format("%032x", number);
    return new Savepoint(
        new SavepointId(id),
        job,
        new RunId("f".repeat(32)),
        new Occasion.Scheduled("frequent"),
        SavepointFormat.CANONICAL,
        "hdfs://namenode:9000/root/" + job + "/" + id + "/savepoint-1",
        NOW.minus(age),
        1,
        Savepoint.State.RETAINED);
  }
}
