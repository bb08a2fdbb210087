package io.savepointd.ledger;

import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
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
import java.util.Optional;

/** Reads an event from the fields of its line; {@link EventEncoder} is its reverse. */
final class EventDecoder {
  private EventDecoder() {}

  /** Throws IllegalArgumentException where a value of the model refuses what the line says. */
  static Event decode(Fields f) throws UnreadableLine {
    Instant at = f.instant("at");
    String type = f.text("type");
    return switch (type) {
      case "opened" -> new Event.Opened(at, owner(f.object("owner")));
      case "heartbeat" -> new Event.Heartbeat(at);
      case "closed" -> new Event.Closed(at);
      default -> ofJob(type, at, f);
    };
  }

  private static Event ofJob(String type, Instant at, Fields f) throws UnreadableLine {
    return switch (type) {
      case "run-intended" ->
          new Event.RunIntended(
              at, job(f), run(f), origin(f), LaunchFields.decode(f), LaunchFields.dropState(f));
      case "run-started" -> new Event.RunStarted(at, job(f), run(f));
      case "run-not-started" -> new Event.RunNotStarted(at, job(f), run(f), f.text("reason"));
      case "run-adopted" -> new Event.RunAdopted(at, job(f), run(f), cluster(f), origin(f));
      case "run-checkpointed" -> new Event.RunCheckpointed(at, job(f), run(f), home(f));
      case "cancel-intended" -> new Event.CancelIntended(at, job(f), run(f), f.text("reason"));
      case "run-ended" ->
          new Event.RunEnded(at, job(f), run(f), f.oneOf("end", RunEnd.class), f.text("reason"));
      case "savepoint-intended" ->
          new Event.SavepointIntended(
              at,
              job(f),
              run(f),
              trigger(f),
              f.text("directory"),
              f.oneOf("format", SavepointFormat.class),
              occasion(f));
      case "savepoint-retained" ->
          new Event.SavepointRetained(
              at,
              job(f),
              trigger(f),
              f.text("path"),
              f.number("bytes"),
              f.integer("files"),
              f.optionalTexts("outside"));
      case "savepoint-failed" ->
          new Event.SavepointFailed(at, job(f), trigger(f), f.text("reason"));
      case "savepoint-expired" ->
          new Event.SavepointExpired(at, job(f), savepoint(f), f.text("reason"));
      case "savepoint-deleted" -> new Event.SavepointDeleted(at, job(f), savepoint(f));
      default -> laterAdded(type, at, f);
    };
  }

  private static Event laterAdded(String type, Instant at, Fields f) throws UnreadableLine {
    return switch (type) {
      case "savepoint-adopted" ->
          new Event.SavepointAdopted(
              at,
              job(f),
              savepoint(f),
              f.text("path"),
              f.instant("takenAt"),
              f.oneOf("format", SavepointFormat.class),
              f.number("bytes"),
              f.integer("files"),
              f.optionalTexts("outside"));
      case "savepoint-pinned" -> new Event.SavepointPinned(at, job(f), savepoint(f));
      case "savepoint-unpinned" -> new Event.SavepointUnpinned(at, job(f), savepoint(f));
      case "savepoint-quarantined" ->
          new Event.SavepointQuarantined(at, job(f), savepoint(f), f.text("reason"));
      case "savepoint-cleared" -> new Event.SavepointCleared(at, job(f), savepoint(f));
      case "leftover-expired" -> new Event.LeftoverExpired(at, job(f), trigger(f));
      case "leftover-deleted" -> new Event.LeftoverDeleted(at, job(f), trigger(f));
      case "stop-wanted" -> new Event.StopWanted(at, job(f));
      case "start-wanted" -> new Event.StartWanted(at, job(f), f.text("reason"));
      case "job-held" -> new Event.JobHeld(at, job(f), f.text("reason"));
      case "upgrade-intended" ->
          new Event.UpgradeIntended(
              at, job(f), run(f), LaunchFields.decode(f), LaunchFields.dropState(f));
      case "upgrade-given-up" -> new Event.UpgradeGivenUp(at, job(f), f.text("reason"));
      case "upgrade-over" -> new Event.UpgradeOver(at, job(f), f.flag("applied"), f.text("words"));
      case "job-released" -> new Event.JobReleased(at, job(f));
      default ->
          throw new UnreadableLine("written by a newer savepointd: event type '" + type + "'");
    };
  }

  private static Owner owner(Fields f) throws UnreadableLine {
    return new Owner(
        f.text("id"),
        f.text("host"),
        f.text("boot"),
        f.text("pidNamespace"),
        f.number("pid"),
        f.number("processStartedAt"),
        f.text("version"));
  }

  private static Origin origin(Fields f) throws UnreadableLine {
    String origin = f.text("origin");
    return switch (origin) {
      case "empty" -> new Origin.Empty();
      case "restored" -> new Origin.Restored(f.text("path"));
      case "adopted" -> new Origin.Adopted();
      default -> throw new UnreadableLine("written by a newer savepointd: origin '" + origin + "'");
    };
  }

  private static Optional<CheckpointHome> home(Fields f) throws UnreadableLine {
    Optional<String> directory = f.optionalText("checkpoints");
    return directory.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CheckpointHome(
                directory.get(), f.oneOf("checkpointsKept", CheckpointRetention.class)));
  }

  private static Occasion occasion(Fields f) throws UnreadableLine {
    String occasion = f.text("occasion");
    return switch (occasion) {
      case "scheduled" -> new Occasion.Scheduled(f.text("schedule"));
      case "requested" -> new Occasion.Requested();
      case "stopping" -> new Occasion.Stopping();
      case "adopted" -> new Occasion.Adopted();
      default ->
          throw new UnreadableLine("written by a newer savepointd: occasion '" + occasion + "'");
    };
  }

  private static JobName job(Fields f) throws UnreadableLine {
    return new JobName(f.text("job"));
  }

  private static RunId run(Fields f) throws UnreadableLine {
    return new RunId(f.text("run"));
  }

  private static ClusterName cluster(Fields f) throws UnreadableLine {
    return new ClusterName(f.text("cluster"));
  }

  private static TriggerId trigger(Fields f) throws UnreadableLine {
    return new TriggerId(f.text("trigger"));
  }

  private static SavepointId savepoint(Fields f) throws UnreadableLine {
    return new SavepointId(f.text("savepoint"));
  }
}
