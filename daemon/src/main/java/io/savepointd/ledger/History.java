package io.savepointd.ledger;

import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

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
    if (event instanceof Event.RunIntended e) {
      return runIntended(h, e);
    } else if (event instanceof Event.RunAdopted e) {
      return runAdopted(h, e);
    } else if (event instanceof Event.RunStarted e) {
      return inPhase(h, e.run(), new Run.Phase.Started(e.at()));
    } else if (event instanceof Event.RunNotStarted e) {
      return Forgetting.trim(inPhase(h, e.run(), new Run.Phase.NotStarted(e.at(), e.reason())));
    } else if (event instanceof Event.CancelIntended e) {
      return inPhase(h, e.run(), new Run.Phase.Cancelling(e.at(), e.reason()));
    } else if (event instanceof Event.RunEnded e) {
      return Forgetting.trim(inPhase(h, e.run(), new Run.Phase.Ended(e.at(), e.end(), e.reason())));
    } else if (event instanceof Event.RunCheckpointed e) {
      return changeRun(h, e.run(), Run::withCheckpoint);
    } else if (event instanceof Event.SavepointIntended e) {
      return intended(h, e);
    } else if (event instanceof Event.SavepointRetained e) {
      return retained(h, e);
    } else if (event instanceof Event.SavepointFailed e) {
      return withTriggers(h, without(h.openTriggers(), e.trigger()));
    } else if (event instanceof Event.SavepointExpired e) {
      return inState(h, e.savepoint(), Savepoint.State.EXPIRED);
    } else if (event instanceof Event.SavepointDeleted e) {
      return inState(h, e.savepoint(), Savepoint.State.DELETED);
    }
    throw new IllegalStateException("no rule for " + event.getClass());
  }

  /** A run id intended again (a resend) keeps its place and takes the newer particulars. */
  private static JobHistory runIntended(JobHistory h, Event.RunIntended e) {
    Run run =
        new Run(
            e.run(),
            e.job(),
            e.cluster(),
            e.origin(),
            e.at(),
            new Run.Phase.Intended(),
            Optional.empty(),
            false);
    return h.run(e.run()).isEmpty()
        ? addRun(h, run)
        : changeRun(h, e.run(), r -> r.phase() instanceof Run.Phase.Intended ? run : r);
  }

  /** A run given up for gone and found again is alive, and still knows what it started from. */
  private static JobHistory runAdopted(JobHistory h, Event.RunAdopted e) {
    Run.Phase started = new Run.Phase.Started(e.at());
    return h.run(e.run()).isEmpty()
        ? addRun(
            h,
            new Run(
                e.run(),
                e.job(),
                e.cluster(),
                e.origin(),
                e.at(),
                started,
                Optional.of(e.at()),
                false))
        : changeRun(
            h,
            e.run(),
            r -> !r.open() || r.phase() instanceof Run.Phase.Intended ? r.in(started) : r);
  }

  private static JobHistory addRun(JobHistory h, Run run) {
    List<Run> runs = new ArrayList<>(h.runs());
    runs.add(run);
    return withRuns(h, runs);
  }

  private static JobHistory inPhase(JobHistory h, RunId run, Run.Phase phase) {
    return changeRun(h, run, r -> r.open() ? r.in(phase) : r);
  }

  private static JobHistory changeRun(JobHistory h, RunId run, UnaryOperator<Run> change) {
    return withRuns(
        h, h.runs().stream().map(r -> r.id().equals(run) ? change.apply(r) : r).toList());
  }

  private static JobHistory intended(JobHistory h, Event.SavepointIntended e) {
    Map<Occasion, Instant> lastIntended = new HashMap<>(h.lastIntended());
    lastIntended.merge(e.occasion(), e.at(), (a, b) -> a.isAfter(b) ? a : b);
    List<Trigger> triggers = new ArrayList<>(h.openTriggers());
    if (h.savepoint(new SavepointId(e.trigger().value())).isPresent()
        || triggers.stream().anyMatch(t -> t.id().equals(e.trigger()))) {
      return new JobHistory(h.job(), h.runs(), h.savepoints(), triggers, lastIntended);
    }
    triggers.add(
        new Trigger(
            e.trigger(), e.job(), e.run(), e.occasion(), e.format(), e.directory(), e.at()));
    return new JobHistory(h.job(), h.runs(), h.savepoints(), triggers, lastIntended);
  }

  private static JobHistory retained(JobHistory h, Event.SavepointRetained e) {
    Optional<Trigger> trigger =
        h.openTriggers().stream().filter(t -> t.id().equals(e.trigger())).findFirst();
    if (trigger.isEmpty()) {
      return h;
    }
    Trigger t = trigger.get();
    Savepoint savepoint =
        new Savepoint(
            new SavepointId(t.id().value()),
            t.job(),
            t.run(),
            t.occasion(),
            t.format(),
            e.path(),
            t.intendedAt(),
            e.bytes(),
            Savepoint.State.RETAINED);
    List<Savepoint> savepoints = new ArrayList<>(h.savepoints());
    savepoints.add(savepoint);
    savepoints.sort(Comparator.comparing(Savepoint::takenAt));
    return new JobHistory(
        h.job(), h.runs(), savepoints, without(h.openTriggers(), t.id()), h.lastIntended());
  }

  /** States only go forward: what is deleted is never merely expired again. */
  private static JobHistory inState(JobHistory h, SavepointId id, Savepoint.State state) {
    List<Savepoint> savepoints =
        h.savepoints().stream()
            .map(s -> s.id().equals(id) && s.state().compareTo(state) < 0 ? s.in(state) : s)
            .toList();
    JobHistory next =
        new JobHistory(h.job(), h.runs(), savepoints, h.openTriggers(), h.lastIntended());
    return state == Savepoint.State.DELETED ? Forgetting.trim(next) : next;
  }

  private static List<Trigger> without(List<Trigger> triggers, TriggerId id) {
    return triggers.stream().filter(t -> !t.id().equals(id)).toList();
  }

  private static JobHistory withRuns(JobHistory h, List<Run> runs) {
    return new JobHistory(h.job(), runs, h.savepoints(), h.openTriggers(), h.lastIntended());
  }

  private static JobHistory withTriggers(JobHistory h, List<Trigger> triggers) {
    return new JobHistory(h.job(), h.runs(), h.savepoints(), triggers, h.lastIntended());
  }
}
