package io.savepointd.supervise;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.ledger.JobHistory;
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

/** Histories made of events, for tests of what is decided on them; times in seconds after START. */
final class Histories {
  static final Instant START = KeeperWorld.START;
  static final Occasion FREQUENT = new Occasion.Scheduled("frequent");

  private History history = History.empty();

  static Instant at(long second) {
    return START.plusSeconds(second);
  }

  static String id(int n) {
    return String.format("%032x", n);
  }

  static RunId run(int n) {
    return new RunId(id(n));
  }

  static TriggerId trigger(int n) {
    return new TriggerId(id(n));
  }

  static String path(int n) {
    return "hdfs://fake:9000/flink-savepoints/averaging/" + id(n) + "/savepoint-1";
  }

  Histories intended(int run, Origin origin, long second) {
    return with(
        new Event.RunIntended(
            at(second),
            KeeperWorld.NAME,
            run(run),
            KeeperWorld.CLUSTER,
            origin,
            "0",
            List.of(),
            OptionalInt.empty()));
  }

  Histories intended(int run, long second) {
    return intended(run, new Origin.Empty(), second);
  }

  Histories started(int run, long second) {
    return with(new Event.RunStarted(at(second), KeeperWorld.NAME, run(run)));
  }

  Histories running(int run, long second) {
    return intended(run, second).started(run, second);
  }

  Histories notStarted(int run, long second) {
    return with(new Event.RunNotStarted(at(second), KeeperWorld.NAME, run(run), "refused"));
  }

  Histories cancelling(int run, long second) {
    return with(new Event.CancelIntended(at(second), KeeperWorld.NAME, run(run), "by command"));
  }

  Histories ended(int run, RunEnd end, long second) {
    return with(new Event.RunEnded(at(second), KeeperWorld.NAME, run(run), end, "died"));
  }

  Histories adopted(int run, long second) {
    return with(
        new Event.RunAdopted(
            at(second), KeeperWorld.NAME, run(run), KeeperWorld.CLUSTER, new Origin.Adopted()));
  }

  Histories checkpointed(int run, long second) {
    return with(new Event.RunCheckpointed(at(second), KeeperWorld.NAME, run(run)));
  }

  Histories triggered(int trigger, int run, long second) {
    return with(
        new Event.SavepointIntended(
            at(second),
            KeeperWorld.NAME,
            run(run),
            trigger(trigger),
            "hdfs://fake:9000/flink-savepoints/averaging/" + id(trigger),
            SavepointFormat.CANONICAL,
            FREQUENT));
  }

  Histories retained(int trigger, int run, long second) {
    return triggered(trigger, run, second)
        .with(
            new Event.SavepointRetained(
                at(second), KeeperWorld.NAME, trigger(trigger), path(trigger), 1, 1));
  }

  /** What became of a trigger. */
  Histories retained(int trigger, long second) {
    return with(
        new Event.SavepointRetained(
            at(second), KeeperWorld.NAME, trigger(trigger), path(trigger), 1, 1));
  }

  Histories expired(int savepoint, long second) {
    return with(
        new Event.SavepointExpired(
            at(second), KeeperWorld.NAME, new SavepointId(id(savepoint)), "old"));
  }

  Histories stopWanted(long second) {
    return with(new Event.StopWanted(at(second), KeeperWorld.NAME));
  }

  /** A trigger by a stop, retained. */
  Histories leftByAStop(int trigger, int run, long second) {
    return stopping(trigger, run, second)
        .with(
            new Event.SavepointRetained(
                at(second), KeeperWorld.NAME, trigger(trigger), path(trigger), 1, 1));
  }

  Histories stopping(int trigger, int run, long second) {
    return with(
        new Event.SavepointIntended(
            at(second),
            KeeperWorld.NAME,
            run(run),
            trigger(trigger),
            "hdfs://fake:9000/flink-savepoints/averaging/" + id(trigger),
            SavepointFormat.CANONICAL,
            new Occasion.Stopping()));
  }

  Histories failed(int trigger, long second) {
    return with(
        new Event.SavepointFailed(at(second), KeeperWorld.NAME, trigger(trigger), "failed"));
  }

  Histories ended(int run, RunEnd end, long second, String reason) {
    return with(new Event.RunEnded(at(second), KeeperWorld.NAME, run(run), end, reason));
  }

  Histories released(long second) {
    return with(new Event.JobReleased(at(second), KeeperWorld.NAME));
  }

  Histories with(Event event) {
    history = history.apply(event);
    return this;
  }

  JobHistory done() {
    return history.of(KeeperWorld.NAME);
  }
}
