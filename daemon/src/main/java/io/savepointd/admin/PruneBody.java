package io.savepointd.admin;

import java.time.Instant;
import java.util.List;

/**
 * Body of {@code POST /prune}.
 *
 * @param decisions for each retained savepoint, newest first, what retention makes of it
 * @param outcomes what was done for each job; empty on a dry run
 */
public record PruneBody(List<DecisionBody> decisions, List<OutcomeBody> outcomes) {
  /**
   * One savepoint's fate.
   *
   * @param decision {@code keep} or {@code expire}
   */
  public record DecisionBody(
      String job, String id, Instant takenAt, long bytes, String decision, String reason) {}
}
