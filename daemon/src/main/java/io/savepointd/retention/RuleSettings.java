package io.savepointd.retention;

import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** The rules of one {@code retention { … }}, each given by a {@code keep-…} of its own. */
public record RuleSettings(List<Rule> rules) {
  /** Copies the rules. */
  public RuleSettings {
    rules = List.copyOf(rules);
  }

  /** No rule, so that nothing is spoken of. */
  public static RuleSettings none() {
    return new RuleSettings(List.of());
  }

  /** These and: the newest so many. */
  public RuleSettings keepLast(int count) {
    return and(new Rule.KeepLast(count));
  }

  /** These and: everything younger than this. */
  public RuleSettings keepWithin(Duration limit) {
    return and(new Rule.KeepWithin(limit));
  }

  /** These and: the newest of each of the newest so many hours that have one. */
  public RuleSettings keepHourly(int count) {
    return and(new Rule.KeepPeriodic(Period.HOUR, count));
  }

  /** These and: the newest of each of the newest so many days that have one. */
  public RuleSettings keepDaily(int count) {
    return and(new Rule.KeepPeriodic(Period.DAY, count));
  }

  /** These and: the newest of each of the newest so many ISO weeks that have one. */
  public RuleSettings keepWeekly(int count) {
    return and(new Rule.KeepPeriodic(Period.WEEK, count));
  }

  /** These and: the newest of each of the newest so many months that have one. */
  public RuleSettings keepMonthly(int count) {
    return and(new Rule.KeepPeriodic(Period.MONTH, count));
  }

  /** These and: the newest of each of the newest so many years that have one. */
  public RuleSettings keepYearly(int count) {
    return and(new Rule.KeepPeriodic(Period.YEAR, count));
  }

  /** Whether there is no rule at all. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  private RuleSettings and(Rule rule) {
    return new RuleSettings(Stream.concat(rules.stream(), Stream.of(rule)).toList());
  }

  /** For each rule what it says of each of these savepoints, in their order. */
  List<List<Verdict>> judge(List<Savepoint> newestFirst, Instant now, ZoneId zone) {
    return rules.stream().map(rule -> rule.judge(newestFirst, now, zone)).toList();
  }
}
