package io.savepointd.scrub;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;

/** A ledger's history made of events, for savepoints that lie in a fake store; ids are numbers. */
final class Told {
  static final JobName JOB = new JobName("averaging");
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private History history = History.empty();

  static String id(int n) {
    return String.format("%032x", n);
  }

  static SavepointId savepoint(int n) {
    return new SavepointId(id(n));
  }

  static TriggerId trigger(int n) {
    return new TriggerId(id(n));
  }

  Told triggered(int n) {
    return with(
        new Event.SavepointIntended(
            START,
            JOB,
            new RunId(id(1)),
            trigger(n),
            "unused",
            SavepointFormat.CANONICAL,
            new Occasion.Requested()));
  }

  Told retained(int n, String path, String... outside) {
    return triggered(n)
        .with(new Event.SavepointRetained(START, JOB, trigger(n), path, 1, 1, List.of(outside)));
  }

  Told adopted(int n, String path) {
    return with(
        new Event.SavepointAdopted(
            START, JOB, savepoint(n), path, START, SavepointFormat.CANONICAL, 1, 1, List.of()));
  }

  Told quarantined(int n) {
    return with(new Event.SavepointQuarantined(START, JOB, savepoint(n), "rotten"));
  }

  Told expired(int n) {
    return with(new Event.SavepointExpired(START, JOB, savepoint(n), "old"));
  }

  Told deleted(int n) {
    return expired(n).with(new Event.SavepointDeleted(START, JOB, savepoint(n)));
  }

  Told failed(int n) {
    return triggered(n).with(new Event.SavepointFailed(START, JOB, trigger(n), "timeout"));
  }

  Told leftoverExpired(int n) {
    return with(new Event.LeftoverExpired(START, JOB, trigger(n)));
  }

  Told with(Event event) {
    history = history.apply(event);
    return this;
  }

  History history() {
    return history;
  }
}
