package io.savepointd.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Body of {@code POST /prune}.
 *
 * @param decisions job by job for each retained savepoint, newest first, what retention makes of it
 * @param warnings what retention can't do, a sentence each
 * @param outcomes what was done for each job; empty on a dry run
 */
public record PruneBody(
    List<DecisionBody> decisions, List<String> warnings, List<OutcomeBody> outcomes) {
  /** The same with what was done. */
  public PruneBody with(List<OutcomeBody> done) {
    return new PruneBody(decisions, warnings, done);
  }

  /**
   * One savepoint's fate.
   *
   * @param occasion one word: scheduled, requested, stopping or adopted
   * @param schedule the schedule it was taken for; null on any other occasion
   * @param decision {@code keep} or {@code expire}
   * @param reason every reason for it, joined by semicolons
   */
  public record DecisionBody(
      String job,
      String id,
      Instant takenAt,
      long bytes,
      String occasion,
      Optional<String> schedule,
      String decision,
      String reason) {}
}
