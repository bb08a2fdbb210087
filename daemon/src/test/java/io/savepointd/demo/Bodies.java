package io.savepointd.demo;

import io.savepointd.admin.LineageBody;
import io.savepointd.admin.SavepointsBody;
import io.savepointd.admin.StatusBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a daemon tells of the demo's job, in few words. */
final class Bodies {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private Bodies() {}

  static String id(String beginning) {
    return beginning + "0".repeat(32 - beginning.length());
  }

  static String path(String savepoint) {
    return "hdfs://nn/root/averaging/" + id(savepoint);
  }

  static StatusBody.JobBody job(String state, String run) {
    return new StatusBody.JobBody(
        "averaging",
        "demo",
        state,
        "why",
        Optional.of(NOON),
        Optional.of(id(run)),
        Optional.empty(),
        0,
        0,
        0,
        Optional.empty());
  }

  static SavepointsBody.SavepointBody savepoint(String id, String run, String state) {
    return new SavepointsBody.SavepointBody(
        id(id),
        "averaging",
        path(id),
        NOON,
        state,
        4567,
        Optional.of(250L),
        false,
        Optional.of(id(run)),
        "scheduled",
        Optional.of("often"),
        Optional.empty());
  }

  static LineageBody.RunBody run(String run, Optional<String> from, String state) {
    return new LineageBody.RunBody(
        "averaging",
        id(run),
        "demo",
        NOON,
        from.isPresent() ? "savepoint" : "nothing",
        from.map(Bodies::path),
        from.map(f -> NOON),
        Optional.empty(),
        state,
        state.equals("canceled") ? Optional.of(NOON) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }
}
