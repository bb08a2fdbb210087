package io.savepointd.ledger;

import io.savepointd.model.JobName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger read as a whole: a fold over its events, each of which gives a new history and leaves
 * the old one as it was. An event that repeats what is already known changes nothing. Old runs and
 * deleted savepoints are forgotten, see {@link Forgetting}, so that it doesn't grow for ever.
 */
public final class History {
  private static final History EMPTY = new History(new TreeMap<>());

  private final SortedMap<JobName, JobHistory> jobs;

  private History(SortedMap<JobName, JobHistory> jobs) {
    this.jobs = jobs;
  }

  /** Nothing has happened yet. */
  public static History empty() {
    return EMPTY;
  }

  /** What the ledger says of a job; {@link JobHistory#none} if nothing. */
  public JobHistory of(JobName job) {
    return jobs.getOrDefault(job, JobHistory.none(job));
  }

  /** Every job the ledger has heard of, by name. */
  public List<JobHistory> jobs() {
    return List.copyOf(jobs.values());
  }

  /** This history with one more event. */
  public History apply(Event event) {
    if (!(event instanceof Event.OfJob ofJob)) {
      return this;
    }
    SortedMap<JobName, JobHistory> next = new TreeMap<>(jobs);
    next.put(ofJob.job(), next(of(ofJob.job()), ofJob));
    return new History(next);
  }

  private static JobHistory next(JobHistory h, Event.OfJob event) {
    return RunFold.apply(h, event)
        .or(() -> SavepointFold.apply(h, event))
        .or(() -> orders(h, event))
        .orElseThrow(() -> new IllegalStateException("no rule for " + event.getClass()));
  }

  private static Optional<JobHistory> orders(JobHistory h, Event.OfJob event) {
    if (event instanceof Event.StopWanted e) {
      return Optional.of(h.withOrders(h.orders().stop(e.at())));
    } else if (event instanceof Event.StartWanted) {
      return Optional.of(h.withOrders(h.orders().start()));
    } else if (event instanceof Event.JobHeld e) {
      return Optional.of(h.withOrders(h.orders().held(new Orders.Hold(e.at(), e.reason()))));
    } else if (event instanceof Event.JobReleased e) {
      return Optional.of(h.withOrders(h.orders().released(e.at())));
    } else if (event instanceof Event.UpgradeIntended e) {
      return Optional.of(
          h.withOrders(
              h.orders()
                  .upgrade(
                      new Upgrade(e.at(), e.run(), e.launch(), e.dropState(), Optional.empty()))));
    } else if (event instanceof Event.UpgradeGivenUp e) {
      return Optional.of(h.withOrders(h.orders().givenUp(e.at(), e.reason())));
    } else if (event instanceof Event.UpgradeOver e) {
      return Optional.of(
          h.withOrders(h.orders().over(new Upgrade.Result(e.at(), e.applied(), e.words()))));
    }
    return Optional.empty();
  }
}
