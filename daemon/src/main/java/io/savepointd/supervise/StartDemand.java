package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.CheckpointPath;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one start that a person has asked for and that isn't answered yet. It is answered when a run
 * submitted after it has started, or can't be.
 */
final class StartDemand {
  private Optional<Demand.Start> demand = Optional.empty();
  private CompletableFuture<Answer> answer = new CompletableFuture<>();
  private Optional<RunId> submitted = Optional.empty();
  private Instant answerBy = Instant.MAX;

  /** A new demand takes the place of one that isn't answered. */
  void set(Demand.Start next, CompletableFuture<Answer> nextAnswer, Instant by) {
    answer.complete(new Answer.Refused("another start was asked for meanwhile"));
    demand = Optional.of(next);
    answer = nextAnswer;
    answerBy = by;
    submitted = Optional.empty();
  }

  /** A run was submitted; if a demand is open, for that one. */
  void submitted(RunId run) {
    if (demand.isPresent()) {
      submitted = Optional.of(run);
    }
  }

  /**
   * The job is running after all: a run of its name was found and taken over. That is what an
   * ordinary start is for; one from a certain state is for another run.
   */
  void takenOver(RunId run) {
    if (demand.filter(d -> d.from() instanceof Demand.From.Usual && !d.replace()).isPresent()) {
      answer(new Answer.Done("run " + run + " was there already and is taken over"));
    }
  }

  /** The demand as long as no run has been submitted for it. */
  Optional<Demand.Start> get() {
    return submitted.isPresent() ? Optional.empty() : demand;
  }

  /** The path it names, if it names one. */
  Optional<String> path() {
    return demand
        .map(Demand.Start::from)
        .filter(Demand.From.Path.class::isInstance)
        .map(from -> ((Demand.From.Path) from).path());
  }

  void answer(Answer given) {
    answer.complete(given);
    demand = Optional.empty();
    submitted = Optional.empty();
  }

  /** After an action: has the run submitted for the demand started, or failed to? */
  void heed(JobHistory history) {
    submitted.flatMap(history::run).ifPresent(this::heed);
  }

  private void heed(Run run) {
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
   * While waiting: a demand that can't reach cluster or storage, can't go on, or has waited long
   * enough is answered so.
   */
  void heed(Action.Wait wait, Instant now) {
    if (demand.isEmpty()) {
      return;
    }
    if (!now.isBefore(answerBy)) {
      String what =
          submitted
              .map(run -> "run " + run + " was submitted and goes on, but isn't running yet: ")
              .orElse("nothing was started in time, and won't be for this command: ");
      answer(new Answer.Failed(what + wait.detail()));
    } else if (submitted.isPresent()) {
      return;
    } else if (wait.state() == JobStatus.State.UNREACHABLE) {
      answer(new Answer.Unreachable(wait.detail()));
    } else if (wait.state() == JobStatus.State.HELD) {
      answer(new Answer.Failed(wait.detail()));
    }
  }

  private static String describe(Origin origin) {
    return origin instanceof Origin.Restored from
        ? CheckpointPath.word(from.path()) + " " + from.path()
        : "nothing";
  }
}
