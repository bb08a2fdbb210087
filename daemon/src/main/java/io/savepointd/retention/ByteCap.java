package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import io.savepointd.model.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bound on what a job's retained savepoints take together: of what the rules keep, the oldest
 * go until the rest fits, but never a protected one.
 */
record ByteCap(long maxBytes) {
  ByteCap {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("max-bytes " + maxBytes + " can't be negative");
    }
  }

  /**
   * The plan with as much expired as it takes.
   *
   * @param decisions the rules', newest first
   * @param isProtected those that stay, whatever they take
   */
  RetentionPlan apply(List<Decision> decisions, Set<SavepointId> isProtected) {
    long sum = 0;
    for (Decision decision : decisions) {
      if (isProtected.contains(decision.savepoint().id())) {
        sum = plus(sum, decision.savepoint());
      }
    }
    boolean full = false;
    List<Decision> capped = new ArrayList<>();
    for (Decision decision : decisions) {
      if (!(decision instanceof Decision.Keep keep)
          || isProtected.contains(decision.savepoint().id())) {
        capped.add(decision);
        continue;
      }
      // Once one has no room, no older one has: it would have gone before.
      full = full || plus(sum, keep.savepoint()) > maxBytes;
      if (full) {
        capped.add(noRoom(keep));
      } else {
        capped.add(keep);
        sum = plus(sum, keep.savepoint());
      }
    }
    return new RetentionPlan(
        capped, sum > maxBytes ? Optional.of(new Overrun(sum, maxBytes)) : Optional.empty());
  }

  private Decision noRoom(Decision.Keep keep) {
    List<String> reasons = new ArrayList<>();
    reasons.add("no room left in max-bytes of " + Words.bytes(maxBytes));
    keep.reasons().forEach(reason -> reasons.add("in spite of: " + reason));
    return new Decision.Expire(keep.savepoint(), reasons);
  }

  /** Sizes from a ledger may be anything: the sum stops at the largest number there is. */
  private static long plus(long sum, Savepoint savepoint) {
    long bytes = Math.max(0, savepoint.bytes());
    return sum > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : sum + bytes;
  }
}
