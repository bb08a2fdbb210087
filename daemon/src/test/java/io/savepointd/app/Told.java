package io.savepointd.app;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** A history built from events, told in few words; each takes a minute. */
final class Told {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final JobName AVERAGING = new JobName("averaging");

  private final JobName job;
  private History history = History.empty();
  private int minute;

  Told(JobName job) {
    this.job = job;
  }

  static String id(String beginning) {
    return beginning + "0".repeat(32 - beginning.length());
  }

  static String path(String savepoint) {
    return "hdfs://nn:9000/root/averaging/" + id(savepoint) + "/savepoint-1";
  }

  Told run(String run, Origin origin) {
    RunId id = new RunId(id(run));
    event(
        new Event.RunIntended(
            now(),
            job,
            id,
            new ClusterName("main"),
            origin,
            "digest",
            List.of(),
            OptionalInt.empty()));
    return event(new Event.RunStarted(now(), job, id));
  }

  Told adopted(String run) {
    return event(
        new Event.RunAdopted(
            now(), job, new RunId(id(run)), new ClusterName("main"), new Origin.Adopted()));
  }

  Told ended(String run, RunEnd end) {
    return event(new Event.RunEnded(now(), job, new RunId(id(run)), end, "why"));
  }

  Told savepoint(String savepoint, String run) {
    TriggerId trigger = new TriggerId(id(savepoint));
    event(
        new Event.SavepointIntended(
            now(),
            job,
            new RunId(id(run)),
            trigger,
            "hdfs://nn:9000/root/averaging/" + id(savepoint),
            SavepointFormat.CANONICAL,
            new Occasion.Scheduled("frequent")));
    return event(new Event.SavepointRetained(now(), job, trigger, path(savepoint), 4567, 1));
  }

  Told deleted(String savepoint) {
    SavepointId id = new SavepointId(id(savepoint));
    event(new Event.SavepointExpired(now(), job, id, "why"));
    return event(new Event.SavepointDeleted(now(), job, id));
  }

  Told quarantined(String savepoint) {
    return event(
        new Event.SavepointQuarantined(now(), job, new SavepointId(id(savepoint)), "rotten"));
  }

  History history() {
    return history;
  }

  private Told event(Event event) {
    history = history.apply(event);
    minute++;
    return this;
  }

  private Instant now() {
    return START.plusSeconds(60L * minute);
  }
}
