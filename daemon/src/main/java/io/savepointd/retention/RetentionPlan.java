package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A decision on each of a job's retained savepoints.
 *
 * @param decisions the newest first
 * @param overrun there if what must stay is more than the bound on bytes allows
 */
public record RetentionPlan(List<Decision> decisions, Optional<Overrun> overrun) {
  /** Copies the decisions. */
  public RetentionPlan {
    decisions = List.copyOf(decisions);
  }

  /** What stays, the newest first. */
  public List<Savepoint> kept() {
    return decisions.stream()
        .filter(Decision.Keep.class::isInstance)
        .map(Decision::savepoint)
        .toList();
  }

  /** What may go, the oldest first, so that an interrupted pruning leaves the better ones. */
  public List<Savepoint> expired() {
    List<Savepoint> expired =
        new ArrayList<>(
            decisions.stream()
                .filter(Decision.Expire.class::isInstance)
                .map(Decision::savepoint)
                .toList());
    Collections.reverse(expired);
    return List.copyOf(expired);
  }
}
