package io.savepointd.ledger;

import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.model.TriggerId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Events of one job to test with; ids are numbers, times are minutes after {@link #START}. */
final class SampleEvents {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final JobName JOB = new JobName("averaging");
  static final ClusterName CLUSTER = new ClusterName("main");
  static final Occasion FREQUENT = new Occasion.Scheduled("frequent");

  private SampleEvents() {}

  static Instant minute(long minute) {
    return START.plusSeconds(60 * minute);
  }

  static RunId run(int n) {
    return new RunId(id(n));
  }

  static TriggerId trigger(int n) {
    return new TriggerId(id(n));
  }

  static SavepointId savepoint(int n) {
    return new SavepointId(id(n));
  }

  static String path(int savepoint) {
    return "hdfs://nn:9000/savepoints/averaging/" + id(savepoint) + "/savepoint-1a2b3c-1";
  }

  static Owner owner(String id) {
    return new Owner(id, "host-" + id, "boot-" + id, "pid:[1]", 4711, 1_700_000_000_000L, "0.1.0");
  }

  static Event.RunIntended intended(int run, Origin origin, long minute) {
    return new Event.RunIntended(
        minute(minute),
        JOB,
        run(run),
        CLUSTER,
        origin,
        "sha256:00ff",
        List.of("--host", "a \"b\"\n\u2028ü"),
        OptionalInt.of(4));
  }

  static Event.RunStarted started(int run, long minute) {
    return new Event.RunStarted(minute(minute), JOB, run(run));
  }

  static Event.RunEnded ended(int run, RunEnd end, long minute) {
    return new Event.RunEnded(minute(minute), JOB, run(run), end, "TaskManager lost");
  }

  static Event.SavepointIntended asked(int savepoint, int run, long minute) {
    return new Event.SavepointIntended(
        minute(minute),
        JOB,
        run(run),
        trigger(savepoint),
        "hdfs://nn:9000/savepoints/averaging/" + id(savepoint),
        SavepointFormat.CANONICAL,
        FREQUENT);
  }

  static Event.SavepointRetained retained(int savepoint, long minute) {
    return new Event.SavepointRetained(
        minute(minute), JOB, trigger(savepoint), path(savepoint), 4567, 1);
  }

  static Event.SavepointExpired expired(int savepoint, long minute) {
    return new Event.SavepointExpired(
        minute(minute), JOB, savepoint(savepoint), "more than keep-last = 5");
  }

  static Event.SavepointDeleted deleted(int savepoint, long minute) {
    return new Event.SavepointDeleted(minute(minute), JOB, savepoint(savepoint));
  }

  /** A savepoint from its intent to its end, a minute for each step. */
  static List<Event.OfJob> wholeLife(int savepoint, int run, long minute) {
    return List.of(
        asked(savepoint, run, minute),
        retained(savepoint, minute + 1),
        expired(savepoint, minute + 2),
        deleted(savepoint, minute + 3));
  }

  /** One of every kind, with what is optional left out in a second one. */
  static List<Event> oneOfEach() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Opened(START, owner("a")));
    events.add(new Event.Heartbeat(START.plusMillis(7)));
    events.add(new Event.Closed(START.plusNanos(1)));
    events.add(intended(1, new Origin.Restored(path(9)), 0));
    events.add(
        new Event.RunIntended(
            START, JOB, run(2), CLUSTER, new Origin.Empty(), "", List.of(), OptionalInt.empty()));
    events.add(intended(3, new Origin.Adopted(), 0));
    events.add(started(1, 1));
    events.add(new Event.RunNotStarted(START, JOB, run(2), "jar refused"));
    events.add(new Event.RunAdopted(START, JOB, run(4), CLUSTER, new Origin.Adopted()));
    events.add(new Event.RunCheckpointed(START, JOB, run(1)));
    events.add(new Event.CancelIntended(START, JOB, run(1), "restore-latest --replace"));
    events.add(ended(1, RunEnd.GONE, 5));
    events.add(asked(5, 1, 2));
    events.add(
        new Event.SavepointIntended(
            START, JOB, run(1), trigger(6), "d", SavepointFormat.NATIVE, new Occasion.Requested()));
    events.add(retained(5, 3));
    events.add(new Event.SavepointFailed(START, JOB, trigger(6), "timed out"));
    events.add(expired(5, 4));
    events.add(deleted(5, 5));
    addLaterOnes(events);
    return events;
  }

  private static void addLaterOnes(List<Event> events) {
    events.add(
        new Event.SavepointIntended(
            START, JOB, run(1), trigger(7), "d", SavepointFormat.NATIVE, new Occasion.Stopping()));
    events.add(
        new Event.SavepointRetained(START, JOB, trigger(7), path(7), 1, 2, List.of("hdfs://nn/x")));
    events.add(adopted(8, 6));
    events.add(new Event.SavepointPinned(START, JOB, savepoint(8)));
    events.add(new Event.SavepointUnpinned(START, JOB, savepoint(8)));
    events.add(new Event.SavepointQuarantined(START, JOB, savepoint(8), "cut short"));
    events.add(new Event.SavepointCleared(START, JOB, savepoint(8)));
    events.add(new Event.LeftoverExpired(START, JOB, trigger(6)));
    events.add(new Event.LeftoverDeleted(START, JOB, trigger(6)));
    events.add(new Event.StopWanted(START, JOB));
    events.add(new Event.StartWanted(START, JOB, "by command"));
    events.add(new Event.JobHeld(START, JOB, "died 5 times"));
    events.add(new Event.JobReleased(START, JOB));
    events.add(new Event.RunIntended(START, JOB, run(5), new Origin.Empty(), launch(), true));
    events.add(new Event.UpgradeIntended(START, JOB, run(5), launch(), false));
    events.add(new Event.UpgradeGivenUp(START, JOB, "no checkpoint"));
    events.add(new Event.UpgradeOver(START, JOB, true, "goes on"));
    events.add(new Event.UpgradeOver(START, JOB, false, "undone"));
    for (CheckpointRetention kept : CheckpointRetention.values()) {
      events.add(
          new Event.RunCheckpointed(
              START, JOB, run(1), Optional.of(new CheckpointHome("hdfs://nn/c/" + run(1), kept))));
    }
  }

  /** With everything in it. */
  static Launch launch() {
    return Launch.of(
        new Job(
            JOB,
            CLUSTER,
            "averaging",
            Path.of("/jobs/averaging.jar"),
            Optional.of("io.savepointd.job.Main"),
            List.of("--password", "hunter22", "--out", "/x"),
            OptionalInt.of(3),
            Map.of("state.backend.type", "rocksdb", "s3.secret-key", "hunter33")),
        "d".repeat(64),
        true);
  }

  static Event.SavepointAdopted adopted(int savepoint, long minute) {
    return new Event.SavepointAdopted(
        minute(minute),
        JOB,
        savepoint(savepoint),
        path(savepoint),
        minute(minute - 1),
        SavepointFormat.CANONICAL,
        99,
        1,
        List.of("hdfs://nn:9000/shared"));
  }

  private static String id(int n) {
    return String.format("%032x", n);
  }
}
