package io.savepointd.supervise;

import io.savepointd.flink.StartFault;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a job's runs have died of, as far as it bears on whether another one may be started. */
final class Deaths {
  private Deaths() {}

  /** Why the job is to be held; empty if it may be tried again. */
  static Optional<String> holdReason(
      JobHistory history, SupervisionSettings.CrashLoop limit, Instant now) {
    Optional<Run> last = lastOver(history).filter(r -> counts(r, history, now));
    if (last.isEmpty()) {
      return Optional.empty();
    }
    String reason = reasonOf(last.get());
    if (StartFault.of(reason) instanceof StartFault.IncompatibleState fault) {
      return Optional.of(
          fault.operator().map(o -> "operator " + o + " of the program").orElse("the program")
              + " can't take over its state"
              + from(last.get().origin())
              + ": "
              + reason);
    }
    Instant from = now.minus(limit.within());
    List<Run> dead =
        history.runs().stream()
            .filter(r -> counts(r, history, now) && crashed(r))
            .filter(r -> RestartBackoff.endOf(r).isAfter(from))
            .toList();
    return dead.size() < limit.deaths()
        ? Optional.empty()
        : Optional.of(
            "died "
                + dead.size()
                + " times within "
                + Words.of(limit.within())
                + ", the last time: "
                + reason);
  }

  /** The run that ended last; an adopted one may have begun before others. */
  static Optional<Run> lastOver(JobHistory history) {
    return history.runs().stream()
        .filter(r -> !r.open())
        .reduce((a, b) -> RestartBackoff.endOf(b).isBefore(RestartBackoff.endOf(a)) ? a : b);
  }

  private static String from(Origin origin) {
    return origin instanceof Origin.Restored restored ? " from " + restored.path() : "";
  }

  /** Why a run is over; empty while it isn't. */
  static String reasonOf(Run run) {
    if (run.phase() instanceof Run.Phase.NotStarted never) {
      return never.reason();
    }
    return run.phase() instanceof Run.Phase.Ended ended ? ended.reason() : "";
  }

  /** What happened before a person released the job is forgiven. */
  private static boolean counts(Run run, JobHistory history, Instant now) {
    Instant forgiven = RestartBackoff.forgivenAt(history, now);
    return !run.open() && RestartBackoff.endOf(run).isAfter(forgiven);
  }

  /** Neither cancelled nor gone with its cluster, nor for want of slots, storage or a command. */
  private static boolean crashed(Run run) {
    boolean itself =
        run.phase() instanceof Run.Phase.NotStarted
            || (run.phase() instanceof Run.Phase.Ended ended && ended.end() == RunEnd.FAILED);
    StartFault fault = StartFault.of(reasonOf(run));
    return itself
        && !(fault instanceof StartFault.NoSlots
            || fault instanceof StartFault.StorageUnreachable
            || fault instanceof StartFault.NotLaunched);
  }
}
