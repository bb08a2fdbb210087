package io.savepointd.supervise;

import io.savepointd.flink.StartFault;
import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a job that keeps dying may be started next. Counted from the ledger, so that a restart of
 * the daemon doesn't forget it.
 */
final class RestartBackoff {
  private RestartBackoff() {}

  /**
   * The earliest time of the next start; {@link Instant#MIN} if there is nothing to wait for. A
   * death in the future says that the clock was set back since: no wait is counted from it.
   */
  static Instant nextStart(JobHistory history, SupervisionSettings.Backoff backoff, Instant now) {
    List<Run> runs = history.runs();
    int deaths = 0;
    Instant last = Instant.MIN;
    Instant forgiven = forgivenAt(history, now);
    for (int i = runs.size() - 1; i >= 0 && diedEarly(runs.get(i), backoff.resetAfter()); i--) {
      if (!endOf(runs.get(i)).isAfter(forgiven)) {
        break;
      }
      if (deaths == 0) {
        last = endOf(runs.get(i));
      }
      deaths++;
    }
    return deaths < 2 || last.isAfter(now) ? Instant.MIN : last.plus(delay(deaths, backoff));
  }

  /**
   * Before when deaths don't count. After the clock was set back that may lie ahead: then it would
   * forgive whatever comes, and counts for nothing.
   */
  static Instant forgivenAt(JobHistory history, Instant now) {
    return history.orders().forgivenAt().filter(at -> !at.isAfter(now)).orElse(Instant.MIN);
  }

  private static Duration delay(int deaths, SupervisionSettings.Backoff backoff) {
    Duration delay = backoff.initial();
    for (int i = 2; i < deaths && delay.compareTo(backoff.max()) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(backoff.max()) < 0 ? delay : backoff.max();
  }

  /**
   * A run that somebody else cancelled after it had started was no crash. One that has found no
   * slots, or no storage, died early however long it has waited for them.
   */
  private static boolean diedEarly(Run run, Duration resetAfter) {
    if (run.phase() instanceof Run.Phase.NotStarted) {
      return true;
    }
    return run.phase() instanceof Run.Phase.Ended ended
        && (ended.at().isBefore(run.intendedAt().plus(resetAfter))
            || !(StartFault.of(ended.reason()) instanceof StartFault.Other))
        && !(ended.end() == RunEnd.CANCELED && run.startedAt().isPresent());
  }

  /** When a run that is over ended. */
  static Instant endOf(Run run) {
    if (run.phase() instanceof Run.Phase.Ended ended) {
      return ended.at();
    }
    return run.phase() instanceof Run.Phase.NotStarted never ? never.at() : run.intendedAt();
  }
}
