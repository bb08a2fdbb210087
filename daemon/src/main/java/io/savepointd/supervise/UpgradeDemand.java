package io.savepointd.supervise;

import io.savepointd.ledger.JobHistory;
import io.savepointd.ledger.Upgrade;
import io.savepointd.supervise.JobStatus.State;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Who has asked for the upgrade and waits for its outcome. The upgrade itself is on the ledger: it
 * goes on whether anybody waits or not.
 */
final class UpgradeDemand {
  private Optional<Waiting> waiting = Optional.empty();

  private record Waiting(CompletableFuture<Answer> answer, Instant answerBy) {}

  /** One waits at most: there is no second upgrade while one is under way. */
  void set(CompletableFuture<Answer> answer, Instant answerBy) {
    waiting = Optional.of(new Waiting(answer, answerBy));
  }

  void answer(Answer given) {
    waiting.ifPresent(w -> w.answer().complete(given));
    waiting = Optional.empty();
  }

  /** After an action: is it over? */
  void heed(JobHistory history) {
    if (waiting.isPresent() && history.orders().upgrade().isEmpty()) {
      answer(
          history
              .orders()
              .lastUpgrade()
              .map(UpgradeDemand::outcome)
              .orElseGet(() -> new Answer.Failed("nothing is known of it any more")));
    }
  }

  private static Answer outcome(Upgrade.Result result) {
    return result.applied() ? new Answer.Done(result.words()) : new Answer.Failed(result.words());
  }

  /** While waiting: nobody waits longer than was said, nor for what a person has to decide. */
  void heed(Action.Wait wait, JobHistory history, Instant now) {
    heed(history);
    if (waiting.isEmpty()) {
      return;
    }
    String stands = "; it goes on as soon as it can";
    if (wait.state() == State.HELD) {
      answer(new Answer.Failed(wait.detail() + stands));
    } else if (!now.isBefore(waiting.get().answerBy())) {
      Answer late =
          wait.state() == State.UNREACHABLE
              ? new Answer.Unreachable(wait.detail() + stands)
              : new Answer.Failed("not over in time: " + wait.detail() + stands);
      answer(late);
    }
  }
}
