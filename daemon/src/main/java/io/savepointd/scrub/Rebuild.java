package io.savepointd.scrub;

import io.savepointd.ledger.Event;
import io.savepointd.model.JobName;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Stored;
import io.savepointd.storage.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a ledger from the storage alone; changes nothing by itself. */
public final class Rebuild {
  private final Set<JobName> configured;

  /** For a configuration with these jobs. */
  public Rebuild(Collection<JobName> configured) {
    this.configured = Set.copyOf(configured);
  }

  /**
   * Looks for savepoints in every trigger's directory and verifies each.
   *
   * @throws StorageUnavailable if that can't be told of one of them: without it the newest might be
   *     passed over
   */
  public static List<Found> look(SavepointStore store) throws StorageUnavailable {
    List<Found> found = new ArrayList<>();
    for (Stored stored : store.survey()) {
      if (stored.kind() instanceof Stored.OfTrigger directory) {
        for (String path : directory.savepoints()) {
          found.add(
              new Found(
                  directory.job(),
                  directory.trigger(),
                  path,
                  store.writtenAt(path),
                  store.verify(path)));
        }
      }
    }
    return List.copyOf(found);
  }

  /** What is to stand on the new ledger. */
  public RebuildPlan plan(List<Found> all, Instant now) {
    List<Event.OfJob> events = new ArrayList<>();
    List<RebuildPlan.Row> rows = new ArrayList<>();
    List<Event.JobHeld> held = new ArrayList<>();
    Set<JobName> jobs = new TreeSet<>(configured);
    all.forEach(f -> jobs.add(f.job()));
    for (JobName job : jobs) {
      List<RebuildPlan.Row> ofJob = rows(all.stream().filter(f -> f.job().equals(job)).toList());
      rows.addAll(ofJob);
      ofJob.stream()
          .filter(RebuildPlan.Row::takenIn)
          .map(row -> adopted(row.found(), now))
          .sorted(Comparator.comparing(Event.SavepointAdopted::takenAt))
          .forEach(events::add);
      holdReason(job, ofJob).ifPresent(why -> held.add(new Event.JobHeld(now, job, why)));
    }
    events.addAll(held);
    return new RebuildPlan(events, rows, held);
  }

  /** Newest first. A directory is deleted as a whole, so that one savepoint has to stand for it. */
  private static List<RebuildPlan.Row> rows(List<Found> found) {
    List<Found> newestFirst =
        found.stream()
            .sorted(
                Comparator.comparing((Found f) -> f.writtenAt().orElse(Instant.MIN))
                    .reversed()
                    .thenComparing(Found::path))
            .toList();
    Set<String> taken = new HashSet<>();
    List<RebuildPlan.Row> rows = new ArrayList<>();
    for (Found each : newestFirst) {
      String reason = reason(each);
      if (reason.isEmpty() && !taken.add(each.trigger().value())) {
        reason = "the same trigger has made a newer one in the same directory";
      }
      rows.add(new RebuildPlan.Row(each, reason.isEmpty(), reason));
    }
    return rows;
  }

  private static String reason(Found found) {
    if (found.verification() instanceof Verification.Missing missing) {
      return "never finished: " + missing.reason();
    }
    if (found.verification() instanceof Verification.Damaged damaged) {
      return "damaged: " + damaged.reason();
    }
    return found.writtenAt().isEmpty() ? "its _metadata vanished while it was looked at" : "";
  }

  private static Event.SavepointAdopted adopted(Found found, Instant now) {
    Verification.Good good = (Verification.Good) found.verification();
    return new Event.SavepointAdopted(
        now,
        found.job(),
        new SavepointId(found.trigger().value()),
        found.path(),
        found.writtenAt().orElseThrow(),
        SavepointFormat.CANONICAL,
        good.bytes(),
        good.files(),
        good.outside());
  }

  /**
   * Rule 4: with its history lost, a job of which nothing good is there looks like a new one, and
   * would be started without state. And going back past a damaged savepoint is a person's choice.
   */
  private static Optional<String> holdReason(JobName job, List<RebuildPlan.Row> newestFirst) {
    Optional<RebuildPlan.Row> good =
        newestFirst.stream().filter(RebuildPlan.Row::takenIn).findFirst();
    if (good.isEmpty()) {
      return Optional.of(
          "its history was lost with the ledger, and no good savepoint of it is on storage;"
              + " `savepointd restore-latest "
              + job
              + " --from PATH` starts it from elsewhere, `savepointd start "
              + job
              + " --empty` without state");
    }
    Instant newestGood = good.get().found().writtenAt().orElseThrow();
    return newestFirst.stream()
        .map(RebuildPlan.Row::found)
        .filter(f -> f.verification() instanceof Verification.Damaged)
        .filter(f -> f.writtenAt().map(at -> at.isAfter(newestGood)).orElse(true))
        .findFirst()
        .map(
            f ->
                "its history was lost with the ledger, and its newest savepoint "
                    + f.path()
                    + " is damaged; `savepointd restore-latest "
                    + job
                    + "` goes back to the one of "
                    + newestGood);
  }
}
