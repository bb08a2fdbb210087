package io.savepointd.retention;

import io.savepointd.model.JobName;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a job's owner wants kept: the union of its rules. Without any rule everything is kept.
 *
 * @param keepLast the newest so many
 * @param keepWithin everything younger than this
 */
public record RetentionPolicy(OptionalInt keepLast, Optional<Duration> keepWithin) {
  private static final Comparator<Savepoint> NEWEST_FIRST =
      Comparator.comparing(Savepoint::takenAt)
          .thenComparing(savepoint -> savepoint.id().value())
          .reversed();

  /** Refuses what can't be meant: fewer than none, or within a negative time. */
  public RetentionPolicy {
    if (keepLast.orElse(0) < 0 || keepWithin.orElse(Duration.ZERO).isNegative()) {
      throw new IllegalArgumentException(
          "keep-last " + keepLast + " and keep-within " + keepWithin + " can't be negative");
    }
  }

  /**
   * Judges one job's retained savepoints; whatever the rules say, the newest and those still needed
   * are kept. The order of the list doesn't matter; of two taken at one instant the greater id
   * counts as newer.
   *
   * @param needed savepoints that something still stands on, each with the reason in words
   * @throws IllegalArgumentException if one isn't retained, or they belong to several jobs: then
   *     the newest good one could be mistaken
   */
  public RetentionPlan plan(
      List<Savepoint> retained, Map<SavepointId, String> needed, Instant now) {
    requireRetainedOfOneJob(retained);
    List<Savepoint> newestFirst = retained.stream().sorted(NEWEST_FIRST).toList();
    return new RetentionPlan(
        IntStream.range(0, newestFirst.size())
            .mapToObj(rank -> decide(rank, newestFirst.get(rank), needed, now))
            .toList());
  }

  private Decision decide(
      int rank, Savepoint savepoint, Map<SavepointId, String> needed, Instant now) {
    // Not now.minus(keepWithin): that overflows for the large durations that mean "for ever".
    Duration age = Duration.between(savepoint.takenAt(), now);
    List<String> reasons = new ArrayList<>();
    if (rank == 0) {
      reasons.add("the newest");
    }
    if (rank < keepLast.orElse(0)) {
      reasons.add("among the last " + keepLast.getAsInt());
    }
    keepWithin
        .filter(limit -> age.compareTo(limit) < 0)
        .ifPresent(limit -> reasons.add("younger than " + limit));
    Optional.ofNullable(needed.get(savepoint.id())).ifPresent(reasons::add);
    if (hasNoRule()) {
      reasons.add("no rule lets it go");
    }
    return reasons.isEmpty()
        ? new Decision.Expire(savepoint, whyNot(rank, age))
        : new Decision.Keep(savepoint, reasons);
  }

  private boolean hasNoRule() {
    return keepLast.isEmpty() && keepWithin.isEmpty();
  }

  private List<String> whyNot(int rank, Duration age) {
    List<String> reasons = new ArrayList<>();
    keepLast.ifPresent(n -> reasons.add("number " + (rank + 1) + ", only " + n + " are kept"));
    keepWithin.ifPresent(limit -> reasons.add(age + " old, only " + limit + " are kept"));
    return reasons;
  }

  private static void requireRetainedOfOneJob(List<Savepoint> savepoints) {
    Set<JobName> jobs = savepoints.stream().map(Savepoint::job).collect(Collectors.toSet());
    if (jobs.size() > 1) {
      throw new IllegalArgumentException("savepoints of several jobs in one plan: " + jobs);
    }
    for (Savepoint savepoint : savepoints) {
      if (savepoint.state() != Savepoint.State.RETAINED) {
        throw new IllegalArgumentException(savepoint.id() + " is " + savepoint.state());
      }
    }
  }
}
