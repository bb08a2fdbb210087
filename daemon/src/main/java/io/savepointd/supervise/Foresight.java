package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Savepoint;
import io.savepointd.storage.SavepointStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a demanded start would come to at this moment, where no run is in its way. Decided just as
 * it would be, on a look at the storage; nothing is done.
 */
public final class Foresight {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final Job job;
  private final SupervisionSettings settings;
  private final Set<ClusterName> clusters;
  private final SavepointStore store;
  private final Clock clock;

  /** For one job as it is configured, beside these clusters. */
  public Foresight(
      Job job,
      SupervisionSettings settings,
      Set<ClusterName> clusters,
      SavepointStore store,
      Clock clock) {
    this.job = job;
    this.settings = settings;
    this.clusters = Set.copyOf(clusters);
    this.store = store;
    this.clock = clock;
  }

  /**
   * What would be done.
   *
   * @param damaged savepoints that would be quarantined on the way
   * @param action a {@link Action.Submit}, a {@link Action.RefuseStart}, or a {@link Action.Wait}
   *     for a storage that can't tell
   */
  public record Foreseen(List<RestorePoint.Damaged> damaged, Action action) {
    /** Copies the list. */
    public Foreseen {
      damaged = List.copyOf(damaged);
    }
  }

  /** Asks the storage, and blocks as long as that takes. */
  public Foreseen of(Demand.Start start, JobHistory history, ClusterView.Seen seen) {
    List<RestorePoint.Damaged> damaged = new ArrayList<>();
    JobHistory then = history;
    while (true) {
      Action next = next(start, then, seen);
      if (!(next instanceof Action.Quarantine bad)) {
        return new Foreseen(damaged, next);
      }
      damaged.add(new RestorePoint.Damaged(bad.savepoint(), bad.reason()));
      then = without(then, bad.savepoint());
    }
  }

  private Action next(Demand.Start start, JobHistory history, ClusterView.Seen seen) {
    Desired desired = new Desired(job, settings, clusters, Optional.of(start), Optional.empty());
    Observed observed =
        new Observed(
            seen,
            0,
            Optional.empty(),
            Optional.empty(),
            point(start, history),
            OptionalInt.empty());
    return new DecideStart(LOOK_AGAIN).demanded(desired, start, observed, history, clock.instant());
  }

  private RestorePoint point(Demand.Start start, JobHistory history) {
    if (start.from() instanceof Demand.From.Nothing) {
      return new RestorePoint.NotLooked();
    }
    RestorePointSearch search =
        new RestorePointSearch(
            job.name(), settings::restore, store, clock, Duration.ZERO, () -> history);
    return search.find(Optional.of(start));
  }

  /** As the history will be once that savepoint is quarantined. */
  private static JobHistory without(JobHistory h, Savepoint bad) {
    List<Savepoint> savepoints =
        h.savepoints().stream()
            .map(s -> s.id().equals(bad.id()) ? s.in(Savepoint.State.QUARANTINED) : s)
            .toList();
    return new JobHistory(
        h.job(),
        h.runs(),
        savepoints,
        h.openTriggers(),
        h.leftovers(),
        h.lastIntended(),
        h.orders());
  }
}
