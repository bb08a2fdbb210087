package io.savepointd.retention;

import io.savepointd.model.JobName;
import io.savepointd.model.Occasion;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a job's owner wants kept: the union of all rules, bounded by a number of bytes. A savepoint
 * that no rule speaks of is kept; so without any rule everything is.
 *
 * @param job the rules that speak of every savepoint of the job
 * @param schedules by a schedule's name, the rules that speak of what this schedule took
 * @param zone where hours, days and so on begin
 * @param maxBytes what is kept may not take more, unless it must stay
 */
public record RetentionPolicy(
    RuleSettings job, Map<String, RuleSettings> schedules, ZoneId zone, OptionalLong maxBytes) {
  private static final Comparator<Savepoint> NEWEST_FIRST =
      Comparator.comparing(Savepoint::takenAt)
          .thenComparing(savepoint -> savepoint.id().value())
          .reversed();

  /** Refuses a negative number of bytes; schedules without a rule are left out. */
  public RetentionPolicy {
    maxBytes.ifPresent(ByteCap::new);
    schedules =
        schedules.entrySet().stream()
            .filter(schedule -> !schedule.getValue().isEmpty())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** By these rules for the whole job, with days that begin at midnight UTC. */
  public static RetentionPolicy of(RuleSettings job) {
    return new RetentionPolicy(job, Map.of(), ZoneOffset.UTC, OptionalLong.empty());
  }

  /** Without a rule. */
  public static RetentionPolicy keepEverything() {
    return of(RuleSettings.none());
  }

  /** The newest so many. */
  public static RetentionPolicy keepLast(int count) {
    return of(RuleSettings.none().keepLast(count));
  }

  /** Everything younger than this. */
  public static RetentionPolicy keepWithin(Duration limit) {
    return of(RuleSettings.none().keepWithin(limit));
  }

  /** The same, and these rules for what this schedule took. */
  public RetentionPolicy withSchedule(String schedule, RuleSettings rules) {
    Map<String, RuleSettings> more = new HashMap<>(schedules);
    more.put(schedule, rules);
    return new RetentionPolicy(job, more, zone, maxBytes);
  }

  /** The same with hours, days and so on as they begin in another zone. */
  public RetentionPolicy withZone(ZoneId other) {
    return new RetentionPolicy(job, schedules, other, maxBytes);
  }

  /** The same within this number of bytes. */
  public RetentionPolicy withMaxBytes(long most) {
    return new RetentionPolicy(job, schedules, zone, OptionalLong.of(most));
  }

  /**
   * Judges one job's retained savepoints; whatever rules and bound say, the newest and those still
   * needed are kept. The order of the list doesn't matter; of two taken at one instant the greater
   * id counts as newer.
   *
   * @param needed savepoints that something still stands on, each with the reason in words
   * @throws IllegalArgumentException if one isn't retained, or they belong to several jobs: then
   *     the newest good one could be mistaken
   */
  public RetentionPlan plan(
      List<Savepoint> retained, Map<SavepointId, String> needed, Instant now) {
    requireRetainedOfOneJob(retained);
    Hearing hearing = new Hearing(retained.stream().sorted(NEWEST_FIRST).toList());
    Set<SavepointId> mustStay = new HashSet<>(needed.keySet());
    hearing.newest().ifPresent(newest -> mustStay.add(newest.id()));

    hearing.newest().ifPresent(newest -> hearing.note(newest, Verdict.keep("the newest")));
    hearing.hear(job, s -> true, "", now, zone);
    schedules.forEach(
        (name, rules) ->
            hearing.hear(rules, s -> isOf(name, s), "schedule " + name + ": ", now, zone));
    for (Savepoint savepoint : retained) {
      if (!isSpokenOf(savepoint)) {
        hearing.note(savepoint, Verdict.keep("no rule speaks of it"));
      }
      Optional.ofNullable(needed.get(savepoint.id()))
          .ifPresent(reason -> hearing.note(savepoint, Verdict.keep(reason)));
    }
    List<Decision> decisions = hearing.decisions();
    return maxBytes.isPresent()
        ? new ByteCap(maxBytes.getAsLong()).apply(decisions, mustStay)
        : new RetentionPlan(decisions, Optional.empty());
  }

  private static boolean isOf(String schedule, Savepoint savepoint) {
    return savepoint.occasion() instanceof Occasion.Scheduled by && by.schedule().equals(schedule);
  }

  private boolean isSpokenOf(Savepoint savepoint) {
    return !job.isEmpty()
        || (savepoint.occasion() instanceof Occasion.Scheduled by
            && schedules.containsKey(by.schedule()));
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
