package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one start that a person has asked for and that isn't answered yet. It is answered when a run
 * submitted after it has started, or can't be.
 */
final class StartDemand {
  private Optional<Demand.Start> demand = Optional.empty();
  private CompletableFuture<Answer> answer = new CompletableFuture<>();
  private Optional<Run> submitted = Optional.empty();

  /** A new demand takes the place of one that isn't answered. */
  void set(Demand.Start next, CompletableFuture<Answer> nextAnswer) {
    answer.complete(new Answer.Refused("another start was asked for meanwhile"));
    demand = Optional.of(next);
    answer = nextAnswer;
    submitted = Optional.empty();
  }

  /** The demand as long as no run has been submitted for it. */
  Optional<Demand.Start> get() {
    return submitted.isPresent() ? Optional.empty() : demand;
  }

  void answer(Answer given) {
    answer.complete(given);
    demand = Optional.empty();
    submitted = Optional.empty();
  }

  /** After an action: was a run submitted for the demand, has it started or failed to? */
  void heed(JobHistory history) {
    if (demand.isEmpty() || history.runs().isEmpty()) {
      return;
    }
    Run last = history.runs().get(history.runs().size() - 1);
    if (submitted.isEmpty()) {
      submitted = Optional.of(last).filter(r -> r.phase() instanceof Run.Phase.Intended);
      return;
    }
    Run run = history.run(submitted.get().id()).orElse(last);
    if (run.phase() instanceof Run.Phase.Started) {
      answer(new Answer.Done("run " + run.id() + " started from " + describe(run.origin())));
    } else if (run.phase() instanceof Run.Phase.NotStarted never) {
      answer(new Answer.Failed("run " + run.id() + " was not started: " + never.reason()));
    } else if (run.phase() instanceof Run.Phase.Ended ended) {
      answer(new Answer.Failed("run " + run.id() + " ended at once: " + ended.reason()));
    } else if (run.phase() instanceof Run.Phase.Cancelling cancelling) {
      answer(new Answer.Failed("run " + run.id() + " is cancelled: " + cancelling.reason()));
    }
  }

  /**
   * While waiting: a demand that can't reach cluster or storage, or can't go on, is answered so.
   */
  void heed(Action.Wait wait) {
    if (get().isEmpty()) {
      return;
    }
    if (wait.state() == JobStatus.State.UNREACHABLE) {
      answer(new Answer.Unreachable(wait.detail()));
    } else if (wait.state() == JobStatus.State.HELD) {
      answer(new Answer.Failed(wait.detail()));
    }
  }

  private static String describe(Origin origin) {
    return origin instanceof Origin.Restored from ? "savepoint " + from.path() : "nothing";
  }
}
