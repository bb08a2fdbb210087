package io.savepointd.ledger;

import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What events about runs make of a job's history. */
final class RunFold {
  private RunFold() {}

  /** The next history; empty if the event isn't about a run. */
  static Optional<JobHistory> apply(JobHistory h, Event.OfJob event) {
    if (event instanceof Event.RunIntended e) {
      return Optional.of(intended(h, e));
    } else if (event instanceof Event.RunAdopted e) {
      return Optional.of(adopted(h, e));
    } else if (event instanceof Event.RunStarted e) {
      return Optional.of(inPhase(h, e.run(), new Run.Phase.Started(e.at())));
    } else if (event instanceof Event.RunNotStarted e) {
      return Optional.of(over(h, e.run(), new Run.Phase.NotStarted(e.at(), e.reason())));
    } else if (event instanceof Event.CancelIntended e) {
      return Optional.of(inPhase(h, e.run(), new Run.Phase.Cancelling(e.at(), e.reason())));
    } else if (event instanceof Event.RunEnded e) {
      return Optional.of(over(h, e.run(), new Run.Phase.Ended(e.at(), e.end(), e.reason())));
    } else if (event instanceof Event.RunCheckpointed e) {
      return Optional.of(change(h, e.run(), r -> r.withCheckpoint(e.home())));
    }
    return Optional.empty();
  }

  /** A run id intended again (a resend) keeps its place and takes the newer particulars. */
  private static JobHistory intended(JobHistory h, Event.RunIntended e) {
    Run run =
        new Run(
            e.run(),
            e.job(),
            e.cluster(),
            e.origin(),
            e.at(),
            new Run.Phase.Intended(),
            Optional.empty(),
            false,
            Optional.of(e.launch()),
            e.dropState(),
            Optional.empty());
    return h.run(e.run()).isEmpty()
        ? add(h, run)
        : change(h, e.run(), r -> r.phase() instanceof Run.Phase.Intended ? run : r);
  }

  /**
   * A run given up for gone and found again is alive, still knows what it started from, and is
   * newer than those that came in its place. It is where it was found, whatever its cluster was
   * called before.
   */
  private static JobHistory adopted(JobHistory h, Event.RunAdopted e) {
    Run.Phase started = new Run.Phase.Started(e.at());
    Optional<Run> known = h.run(e.run());
    if (known.isPresent() && known.get().open()) {
      return change(
          h,
          e.run(),
          r -> (r.phase() instanceof Run.Phase.Intended ? r.in(started) : r).on(e.cluster()));
    }
    return known.isPresent()
        ? add(without(h, e.run()), known.get().in(started).on(e.cluster()))
        : add(
            h,
            new Run(
                e.run(),
                e.job(),
                e.cluster(),
                e.origin(),
                e.at(),
                started,
                Optional.of(e.at()),
                false,
                Optional.empty(),
                false,
                Optional.empty()));
  }

  private static JobHistory without(JobHistory h, RunId run) {
    return h.withRuns(h.runs().stream().filter(r -> !r.id().equals(run)).toList());
  }

  private static JobHistory add(JobHistory h, Run run) {
    List<Run> runs = new ArrayList<>(h.runs());
    runs.add(run);
    return h.withRuns(runs);
  }

  private static JobHistory over(JobHistory h, RunId run, Run.Phase end) {
    return Forgetting.trim(inPhase(h, run, end).withOrders(h.orders().runOver()));
  }

  private static JobHistory inPhase(JobHistory h, RunId run, Run.Phase phase) {
    return change(h, run, r -> r.open() ? r.in(phase) : r);
  }

  private static JobHistory change(JobHistory h, RunId run, UnaryOperator<Run> change) {
    return h.withRuns(
        h.runs().stream().map(r -> r.id().equals(run) ? change.apply(r) : r).toList());
  }
}
