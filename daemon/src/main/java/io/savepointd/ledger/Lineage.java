package io.savepointd.ledger;

import io.savepointd.model.CheckpointPath;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ledger read as a graph: which state does a run stand on, and where did that come from? */
public final class Lineage {
  private Lineage() {}

  /**
   * One run and what it stands on.
   *
   * @param since when its submission was put on the ledger, or when it was adopted
   * @param outcome what has become of it, in words
   */
  public record Line(RunId run, Instant since, Start start, String outcome) {
    /** The line as a person reads it. */
    public String text() {
      return "run " + run + " " + start.text() + ", " + outcome;
    }
  }

  /** What a run started from. */
  public sealed interface Start {
    /** As a person reads it, after the run's id. */
    String text();

    /** No state. */
    record Empty() implements Start {
      @Override
      public String text() {
        return "started empty";
      }
    }

    /** A savepoint on this ledger. */
    record FromSavepoint(
        SavepointId savepoint, String path, Instant takenAt, Optional<RunId> takenFrom)
        implements Start {
      @Override
      public String text() {
        return "started from savepoint " + path + " taken at " + takenAt + fromRun(takenFrom);
      }
    }

    /** A checkpoint that Flink had kept. */
    record FromCheckpoint(String path, CheckpointPath parts) implements Start {
      @Override
      public String text() {
        return "started from checkpoint " + parts.inWords() + ", " + path;
      }
    }

    /** A path that this ledger knows nothing of, or no longer. */
    record FromElsewhere(String path) implements Start {
      @Override
      public String text() {
        return "started from " + path + ", of which the ledger tells nothing";
      }
    }

    /** Unknown: the run was there before savepointd took it over. */
    record Adopted() implements Start {
      @Override
      public String text() {
        return "was found running and adopted";
      }
    }
  }

  /** Every run of the job, newest first. */
  public static List<Line> of(JobHistory job) {
    List<Line> lines = new ArrayList<>();
    for (Run run : job.runs()) {
      lines.add(0, new Line(run.id(), run.intendedAt(), start(run, job), outcome(run.phase())));
    }
    return List.copyOf(lines);
  }

  /**
   * What {@code event} means to lineage, as one line for its log.
   *
   * @param after the job's history with the event in it
   * @return empty for events that only prepare others
   */
  public static Optional<String> describe(Event.OfJob event, JobHistory after) {
    if (event instanceof Event.RunStarted e) {
      return Optional.of("run " + e.run() + " " + startOf(e.run(), after));
    } else if (event instanceof Event.RunNotStarted e) {
      return Optional.of("run " + e.run() + " was never started: " + e.reason());
    } else if (event instanceof Event.RunAdopted e) {
      return Optional.of(
          "run " + e.run() + " was found running on cluster " + e.cluster() + " and adopted");
    } else if (event instanceof Event.CancelIntended e) {
      return Optional.of("run " + e.run() + " is being cancelled: " + e.reason());
    } else if (event instanceof Event.RunEnded e) {
      return Optional.of("run " + e.run() + " ended " + word(e.end()) + ": " + e.reason());
    } else if (event instanceof Event.SavepointRetained e) {
      return Optional.of(retained(e, after));
    } else if (event instanceof Event.SavepointFailed e) {
      return Optional.of("no savepoint came of trigger " + e.trigger() + ": " + e.reason());
    } else if (event instanceof Event.SavepointExpired e) {
      return Optional.of("savepoint " + pathOf(e.savepoint(), after) + " expired: " + e.reason());
    } else if (event instanceof Event.SavepointDeleted e) {
      return Optional.of("savepoint " + pathOf(e.savepoint(), after) + " deleted");
    }
    return describeCare(event, after);
  }

  /** What was found or laid down about savepoints and the job. */
  private static Optional<String> describeCare(Event.OfJob event, JobHistory after) {
    if (event instanceof Event.SavepointAdopted e) {
      return Optional.of(
          "savepoint " + e.path() + " written at " + e.takenAt() + " taken into the ledger");
    } else if (event instanceof Event.SavepointQuarantined e) {
      return Optional.of(
          "savepoint " + pathOf(e.savepoint(), after) + " quarantined: " + e.reason());
    } else if (event instanceof Event.SavepointCleared e) {
      return Optional.of("savepoint " + pathOf(e.savepoint(), after) + " found good again");
    } else if (event instanceof Event.SavepointPinned e) {
      return Optional.of("savepoint " + pathOf(e.savepoint(), after) + " pinned");
    } else if (event instanceof Event.SavepointUnpinned e) {
      return Optional.of("savepoint " + pathOf(e.savepoint(), after) + " no longer pinned");
    } else if (event instanceof Event.StopWanted) {
      return Optional.of("the job is to be stopped");
    } else if (event instanceof Event.StartWanted e) {
      return Optional.of("the job is to run: " + e.reason());
    } else if (event instanceof Event.JobHeld e) {
      return Optional.of("the job is held: " + e.reason());
    } else if (event instanceof Event.JobReleased) {
      return Optional.of("the job is released");
    }
    return describeUpgrade(event, after);
  }

  private static Optional<String> describeUpgrade(Event.OfJob event, JobHistory after) {
    if (event instanceof Event.UpgradeIntended e) {
      String changes =
          after
              .run(e.run())
              .flatMap(Run::launch)
              .map(old -> String.join(", ", old.changesTo(e.launch())))
              .orElse("another launch");
      return Optional.of(
          "run "
              + e.run()
              + (moves(after) ? " is to be moved: " : " is to be upgraded: ")
              + changes
              + (e.dropState() ? "; state without a place may be dropped" : ""));
    } else if (event instanceof Event.UpgradeGivenUp e) {
      return Optional.of(
          (moves(after) ? "the move" : "the upgrade") + " is given up: " + e.reason());
    } else if (event instanceof Event.UpgradeOver e) {
      return Optional.of((e.applied() ? "applied: " : "not applied: ") + e.words());
    }
    return Optional.empty();
  }

  private static boolean moves(JobHistory after) {
    return after.orders().upgrade().flatMap(u -> u.movesTo(after)).isPresent();
  }

  private static Start start(Run run, JobHistory job) {
    if (run.origin() instanceof Origin.Restored restored) {
      String path = withoutSlash(restored.path());
      return job.savepoints().stream()
          .filter(s -> withoutSlash(s.path()).equals(path))
          .findFirst()
          .<Start>map(s -> new Start.FromSavepoint(s.id(), s.path(), s.takenAt(), s.run()))
          .orElseGet(() -> notOnTheLedger(restored.path()));
    }
    return run.origin() instanceof Origin.Empty ? new Start.Empty() : new Start.Adopted();
  }

  private static Start notOnTheLedger(String path) {
    return CheckpointPath.of(path)
        .<Start>map(parts -> new Start.FromCheckpoint(path, parts))
        .orElseGet(() -> new Start.FromElsewhere(path));
  }

  private static String startOf(RunId id, JobHistory job) {
    return job.run(id).map(run -> start(run, job).text()).orElse("started");
  }

  private static String outcome(Run.Phase phase) {
    if (phase instanceof Run.Phase.Started started) {
      return "running since " + started.at();
    } else if (phase instanceof Run.Phase.NotStarted not) {
      return "was never started: " + not.reason();
    } else if (phase instanceof Run.Phase.Cancelling cancelling) {
      return "being cancelled since " + cancelling.at() + ": " + cancelling.reason();
    } else if (phase instanceof Run.Phase.Ended ended) {
      return word(ended.end()) + " at " + ended.at() + ": " + ended.reason();
    }
    return "not known yet to have started";
  }

  private static String retained(Event.SavepointRetained e, JobHistory after) {
    Optional<Savepoint> savepoint = after.savepoint(new SavepointId(e.trigger().value()));
    String taken =
        savepoint
            .map(s -> " taken at " + s.takenAt() + fromRun(s.run()) + occasion(s.occasion()))
            .orElse("");
    return "savepoint " + e.path() + taken + " retained (" + e.bytes() + " bytes)";
  }

  private static String occasion(Occasion occasion) {
    if (occasion instanceof Occasion.Scheduled scheduled) {
      return " by schedule " + scheduled.schedule();
    }
    return occasion instanceof Occasion.Stopping ? " by its stop" : " by request";
  }

  private static String fromRun(Optional<RunId> run) {
    return run.map(id -> " from run " + id).orElse("");
  }

  private static String pathOf(SavepointId id, JobHistory job) {
    return job.savepoint(id).map(Savepoint::path).orElse(id.value());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
