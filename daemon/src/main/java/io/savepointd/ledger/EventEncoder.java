package io.savepointd.ledger;

import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts an event's fields into a line, one by one; {@link EventDecoder} is its reverse. */
final class EventEncoder {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private EventEncoder() {}

  static void encode(Event event, ObjectNode line) {
    line.put("type", type(event));
    line.put("at", instant(event.at()));
    if (event instanceof Event.OfJob ofJob) {
      line.put("job", ofJob.job().value());
      run(ofJob, line);
    } else if (event instanceof Event.Opened e) {
      owner(e.owner(), line.putObject("owner"));
    }
  }

  static String type(Event event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static void owner(Owner owner, ObjectNode node) {
    node.put("id", owner.id());
    node.put("host", owner.host());
    node.put("boot", owner.bootId());
    node.put("pidNamespace", owner.pidNamespace());
    node.put("pid", owner.pid());
    node.put("processStartedAt", owner.processStartedAt());
    node.put("version", owner.version());
  }

  private static void run(Event.OfJob event, ObjectNode line) {
    if (event instanceof Event.RunIntended e) {
      line.put("run", e.run().value());
      LaunchFields.encode(e.launch(), e.dropState(), line);
      origin(e.origin(), line);
    } else if (event instanceof Event.RunStarted e) {
      line.put("run", e.run().value());
    } else if (event instanceof Event.RunNotStarted e) {
      line.put("run", e.run().value()).put("reason", e.reason());
    } else if (event instanceof Event.RunAdopted e) {
      line.put("run", e.run().value()).put("cluster", e.cluster().value());
      origin(e.origin(), line);
    } else if (event instanceof Event.RunCheckpointed e) {
      line.put("run", e.run().value());
      e.home()
          .ifPresent(
              home -> {
                line.put("checkpoints", home.directory());
                line.put("checkpointsKept", Fields.word(home.retention()));
              });
    } else if (event instanceof Event.CancelIntended e) {
      line.put("run", e.run().value()).put("reason", e.reason());
    } else if (event instanceof Event.RunEnded e) {
      line.put("run", e.run().value());
      line.put("end", Fields.word(e.end())).put("reason", e.reason());
    } else {
      savepoint(event, line);
    }
  }

  private static void savepoint(Event.OfJob event, ObjectNode line) {
    if (event instanceof Event.SavepointIntended e) {
      line.put("run", e.run().value()).put("trigger", e.trigger().value());
      line.put("directory", e.directory()).put("format", Fields.word(e.format()));
      occasion(e.occasion(), line);
    } else if (event instanceof Event.SavepointRetained e) {
      line.put("trigger", e.trigger().value()).put("path", e.path());
      line.put("bytes", e.bytes()).put("files", e.files());
      outside(e.outside(), line);
    } else if (event instanceof Event.SavepointFailed e) {
      line.put("trigger", e.trigger().value()).put("reason", e.reason());
    } else if (event instanceof Event.SavepointExpired e) {
      line.put("savepoint", e.savepoint().value()).put("reason", e.reason());
    } else if (event instanceof Event.SavepointAdopted e) {
      line.put("savepoint", e.savepoint().value()).put("path", e.path());
      line.put("takenAt", instant(e.takenAt())).put("format", Fields.word(e.format()));
      line.put("bytes", e.bytes()).put("files", e.files());
      outside(e.outside(), line);
    } else if (event instanceof Event.SavepointQuarantined e) {
      line.put("savepoint", e.savepoint().value()).put("reason", e.reason());
    } else if (event instanceof Event.OfSavepoint e) {
      line.put("savepoint", e.savepoint().value());
    } else if (event instanceof Event.OfTrigger e) {
      line.put("trigger", e.trigger().value());
    } else {
      order(event, line);
    }
  }

  private static void order(Event.OfJob event, ObjectNode line) {
    if (event instanceof Event.StartWanted e) {
      line.put("reason", e.reason());
    } else if (event instanceof Event.JobHeld e) {
      line.put("reason", e.reason());
    } else if (event instanceof Event.UpgradeIntended e) {
      line.put("run", e.run().value());
      LaunchFields.encode(e.launch(), e.dropState(), line);
    } else if (event instanceof Event.UpgradeGivenUp e) {
      line.put("reason", e.reason());
    } else if (event instanceof Event.UpgradeOver e) {
      line.put("applied", e.applied()).put("words", e.words());
    } else if (!(event instanceof Event.Order)) {
      throw new IllegalStateException("no rule for " + event.getClass());
    }
  }

  private static void outside(List<String> directories, ObjectNode line) {
    if (!directories.isEmpty()) {
      ArrayNode outside = line.putArray("outside");
      directories.forEach(outside::add);
    }
  }

  private static void origin(Origin origin, ObjectNode line) {
    if (origin instanceof Origin.Empty) {
      line.put("origin", "empty");
    } else if (origin instanceof Origin.Restored restored) {
      line.put("origin", "restored").put("path", restored.path());
    } else if (origin instanceof Origin.Adopted) {
      line.put("origin", "adopted");
    } else {
      throw new IllegalStateException("no rule for " + origin.getClass());
    }
  }

  private static void occasion(Occasion occasion, ObjectNode line) {
    if (occasion instanceof Occasion.Scheduled scheduled) {
      line.put("occasion", "scheduled").put("schedule", scheduled.schedule());
    } else if (occasion instanceof Occasion.Requested) {
      line.put("occasion", "requested");
    } else if (occasion instanceof Occasion.Stopping) {
      line.put("occasion", "stopping");
    } else if (occasion instanceof Occasion.Adopted) {
      line.put("occasion", "adopted");
    } else {
      throw new IllegalStateException("no rule for " + occasion.getClass());
    }
  }

  /** At least milliseconds, so that lines sort and read alike, and nothing finer is lost. */
  private static String instant(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).equals(at) ? MILLIS.format(at) : at.toString();
  }
}
