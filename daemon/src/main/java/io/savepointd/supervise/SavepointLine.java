package io.savepointd.supervise;

import io.savepointd.model.Occasion;
import io.savepointd.model.Trigger;
import io.savepointd.model.TriggerId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The demands for savepoints of one job, waiting in line or under way. A schedule has one place at
 * most: what it fires while its own savepoint waits or is being written is skipped, so that a slow
 * job isn't asked again and again.
 */
final class SavepointLine {
  /** How often one demand is tried while Flink says that the tasks aren't ready for it. */
  private static final int ATTEMPTS = 3;

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Map<TriggerId, Waiting> underWay = new HashMap<>();

  private record Waiting(
      Demand.Savepoint demand,
      CompletableFuture<Answer> answer,
      Instant answerBy,
      int attempt,
      Instant notBefore) {}

  /**
   * Joins the line; answers at once if this schedule is in it already.
   *
   * @param answerBy until when somebody who asked by command waits for its turn
   */
  void join(
      Demand.Savepoint demand,
      CompletableFuture<Answer> answer,
      List<Trigger> open,
      Instant answerBy) {
    if (demand.occasion() instanceof Occasion.Scheduled && present(demand.occasion(), open)) {
      answer.complete(new Answer.Refused("the schedule's last savepoint is still under way"));
      return;
    }
    waiting.add(new Waiting(demand, answer, answerBy, 1, Instant.MIN));
  }

  private boolean present(Occasion occasion, List<Trigger> open) {
    return waiting.stream().anyMatch(w -> w.demand().occasion().equals(occasion))
        || open.stream().anyMatch(t -> t.occasion().equals(occasion));
  }

  /** The demand whose turn it is. */
  Optional<Demand.Savepoint> next(Instant now) {
    return Optional.ofNullable(waiting.peek())
        .filter(w -> !w.notBefore().isAfter(now))
        .map(Waiting::demand);
  }

  /** The first in line has become this trigger. */
  void taken(TriggerId trigger) {
    underWay.put(trigger, waiting.remove());
  }

  /** The trigger's outcome is known. */
  void settled(TriggerId trigger, Answer answer) {
    Optional.ofNullable(underWay.remove(trigger)).ifPresent(w -> w.answer().complete(answer));
  }

  /**
   * Puts the demand back at the head of the line, to be tried under a new id; false if it has been
   * tried often enough.
   */
  boolean again(TriggerId trigger, Instant notBefore) {
    Waiting tried = underWay.get(trigger);
    if (tried == null || tried.attempt() >= ATTEMPTS) {
      return false;
    }
    underWay.remove(trigger);
    waiting.addFirst(
        new Waiting(
            tried.demand(), tried.answer(), tried.answerBy(), tried.attempt() + 1, notBefore));
    return true;
  }

  /** Answers those who asked by command; what schedules have fired waits for the job's return. */
  void turnAwayRequested(Answer answer) {
    turnAwayLate(Instant.MAX, answer);
  }

  /** Answers those who asked by command and whose turn hasn't come in time. */
  void turnAwayLate(Instant now, Answer answer) {
    waiting.removeIf(w -> requested(w) && !now.isBefore(w.answerBy()) && answered(w, answer));
  }

  private static boolean requested(Waiting waiting) {
    return waiting.demand().occasion() instanceof Occasion.Requested;
  }

  /** Always true: also who no longer listens leaves the line. */
  private static boolean answered(Waiting waiting, Answer answer) {
    waiting.answer().complete(answer);
    return true;
  }

  /** Answers everybody in line; their triggers' outcomes are left to whoever comes next. */
  void abandon(Answer answer) {
    waiting.forEach(w -> w.answer().complete(answer));
    waiting.clear();
    underWay.values().forEach(w -> w.answer().complete(answer));
    underWay.clear();
  }
}
