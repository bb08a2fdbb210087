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
  private static final JobName AVERAGING = new JobName("averaging");

  private Savepoints() {}

  static Savepoint savepoint(int number, Duration age) {
    return savepoint(AVERAGING, number, age);
  }

  static Savepoint savepoint(JobName job, int number, Duration age) {
    return savepoint(job, number, NOW.minus(age), new Occasion.Scheduled("frequent"), 1);
  }

  static Savepoint savepoint(int number, Instant takenAt) {
    return savepoint(AVERAGING, number, takenAt, new Occasion.Scheduled("frequent"), 1);
  }

  static Savepoint takenBy(String schedule, Savepoint like) {
    return takenBy(new Occasion.Scheduled(schedule), like);
  }

  static Savepoint takenBy(Occasion occasion, Savepoint like) {
    return savepoint(like.job(), number(like), like.takenAt(), occasion, like.bytes());
  }

  static Savepoint sized(long bytes, Savepoint like) {
    return savepoint(like.job(), number(like), like.takenAt(), like.occasion(), bytes);
  }

  private static int number(Savepoint savepoint) {
    return Integer.parseInt(savepoint.id().value(), 16);
  }

  private static Savepoint savepoint(
      JobName job, int number, Instant takenAt, Occasion occasion, long bytes) {
    String id = String.format("%032x", number);
    return new Savepoint(
        new SavepointId(id),
        job,
        new RunId("f".repeat(32)),
        occasion,
        SavepointFormat.CANONICAL,
        "hdfs://namenode:9000/root/" + job + "/" + id + "/savepoint-1",
        takenAt,
        bytes,
        Savepoint.State.RETAINED);
  }
}
