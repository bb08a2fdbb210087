package io.savepointd.config;

import io.savepointd.retention.RetentionPolicy;
import io.savepointd.retention.RuleSettings;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/** Reads the {@code retention} of a job and of its schedules. */
final class RetentionReader {
  private static final String BLOCK = "retention";

  private RetentionReader() {}

  /**
   * What a job's owner wants kept.
   *
   * @param schedules the job's schedules by name
   */
  static RetentionPolicy read(Section job, Map<String, Section> schedules) {
    Section block = job.section(BLOCK);
    ZoneId zone = block.get("time-zone", Zones::zone);
    Optional<Long> maxBytes = block.read("max-bytes", Values.bytes(1));
    Map<String, RuleSettings> ofSchedules = new LinkedHashMap<>();
    schedules.forEach((name, schedule) -> ofSchedules.put(name, ofSchedule(schedule)));
    return new RetentionPolicy(
        rules(block),
        ofSchedules,
        zone,
        maxBytes.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  /** The rules of one schedule. */
  static RuleSettings ofSchedule(Section schedule) {
    return rules(schedule.section(BLOCK));
  }

  private static RuleSettings rules(Section block) {
    RuleSettings rules = count(block, "keep-last", RuleSettings.none(), RuleSettings::keepLast);
    rules = block.read("keep-within", Values::duration).map(rules::keepWithin).orElse(rules);
    rules = count(block, "keep-hourly", rules, RuleSettings::keepHourly);
    rules = count(block, "keep-daily", rules, RuleSettings::keepDaily);
    rules = count(block, "keep-weekly", rules, RuleSettings::keepWeekly);
    rules = count(block, "keep-monthly", rules, RuleSettings::keepMonthly);
    return count(block, "keep-yearly", rules, RuleSettings::keepYearly);
  }

  private static RuleSettings count(
      Section block,
      String key,
      RuleSettings rules,
      BiFunction<RuleSettings, Integer, RuleSettings> more) {
    return block
        .read(key, Values.whole(1, Integer.MAX_VALUE))
        .map(count -> more.apply(rules, count))
        .orElse(rules);
  }
}
