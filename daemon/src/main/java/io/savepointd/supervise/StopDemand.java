package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Occasion;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.Savepoint;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Those who have asked for the job's stop and wait for its outcome. The stop itself is on the
 * ledger: it stands whether anybody waits or not.
 */
final class StopDemand {
  private Optional<Waiting> waiting = Optional.empty();

  private record Waiting(CompletableFuture<Answer> answer, Instant since, Instant answerBy) {}

  /** A new demand takes the place of one that isn't answered; both want the same. */
  void set(CompletableFuture<Answer> answer, Instant now, Instant answerBy) {
    answer(new Answer.Refused("the stop was asked for again meanwhile"));
    waiting = Optional.of(new Waiting(answer, now, answerBy));
  }

  void answer(Answer given) {
    waiting.ifPresent(w -> w.answer().complete(given));
    waiting = Optional.empty();
  }

  /** After an action: is the job stopped, or the stop given up? */
  void heed(JobHistory history) {
    heed(history, "it won't be started");
  }

  private void heed(JobHistory history, String howItStands) {
    if (waiting.isEmpty()) {
      return;
    }
    Optional<Instant> wanted = history.orders().stopWanted();
    if (wanted.isEmpty()) {
      answer(new Answer.Failed("the stop was given up and the job goes on; the log says why"));
    } else if (history.openRun().isEmpty() && history.openTriggers().isEmpty()) {
      answer(outcome(history, wanted.get(), howItStands));
    }
  }

  /** The stop may be older than its demand: another one, or another daemon, had begun it. */
  private Answer outcome(JobHistory history, Instant wanted, String howItStands) {
    Instant since = waiting.orElseThrow().since();
    Optional<Savepoint> left =
        history.retained().stream()
            .filter(s -> s.occasion() instanceof Occasion.Stopping)
            .filter(s -> !s.takenAt().isBefore(wanted))
            .findFirst();
    boolean ranOn =
        history.runs().stream().anyMatch(r -> !r.open() && RestartBackoff.endOf(r).isAfter(since));
    if (left.isPresent()) {
      return new Answer.Done(
          "stopped; savepoint "
              + left.get().id()
              + ": "
              + left.get().path()
              + lastWords(left.get(), history));
    }
    return ranOn
        ? new Answer.Failed(
            "the job is down and stays so, but it ended without a good savepoint of its stop: "
                + history.retained().stream()
                    .findFirst()
                    .map(s -> "the newest retained is " + s.path() + " of " + s.takenAt())
                    .orElse("none is retained"))
        : new Answer.Done("it wasn't running: " + howItStands);
  }

  /** A run that fails after its last savepoint may not have committed what it wrote before it. */
  private static String lastWords(Savepoint left, JobHistory history) {
    return left.run()
        .flatMap(history::run)
        .map(Run::phase)
        .filter(phase -> phase instanceof Run.Phase.Ended e && e.end() == RunEnd.FAILED)
        .map(
            phase ->
                "; but the run failed as it ended, so that transactions of its sinks may be"
                    + " uncommitted: "
                    + ((Run.Phase.Ended) phase).reason())
        .orElse("");
  }

  /** While waiting: nobody waits longer than was said, nor for a cluster that is down. */
  void heed(Action.Wait wait, JobHistory history, Instant now) {
    String stands = "; the stop stands, and is done as soon as it can be";
    if (wait.state() == JobStatus.State.HELD) {
      answer(new Answer.Failed(wait.detail() + stands));
    }
    heed(history, wait.detail());
    if (waiting.isEmpty()) {
      return;
    }
    if (wait.state() == JobStatus.State.UNREACHABLE) {
      answer(new Answer.Unreachable(wait.detail() + stands));
    } else if (!now.isBefore(waiting.get().answerBy())) {
      answer(new Answer.Failed("not stopped in time: " + wait.detail() + stands));
    }
  }
}
