package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.model.SavepointFormat;
import io.savepointd.schedule.CronSchedule;
import io.savepointd.schedule.ScheduleSettings;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code schedules} of a job. */
final class ScheduleReader {
  private static final String WHAT_CRON_IS = "when to fire, such as \"0 0/15 * * * ?\"";
  private static final String HOW_CRON_IS_WRITTEN =
      " (six or seven fields: second minute hour day-of-month month day-of-week [year],"
          + " with '?' for one of the two days)";

  private ScheduleReader() {}

  /** Those without a fault, in the order of the file. */
  static List<ScheduleSettings> readAll(Map<String, Section> sections) {
    List<ScheduleSettings> schedules = new ArrayList<>();
    sections.forEach((name, section) -> read(name, section).ifPresent(schedules::add));
    return schedules;
  }

  static Optional<ScheduleSettings> read(String name, Section section) {
    SavepointFormat format = section.get("format", Values.choice(SavepointFormat.class));
    ZoneId zone = section.get("time-zone", Zones::zone);
    Optional<CronSchedule> cron = section.require("cron", value -> cron(value, zone), WHAT_CRON_IS);
    if (!Names.isValid(name)) {
      section.fault(Names.reason(name));
      return Optional.empty();
    }
    return cron.map(c -> new ScheduleSettings(name, c, format));
  }

  private static CronSchedule cron(ConfigValue value, ZoneId zone) {
    String text = Values.text(value).strip();
    CronSchedule cron;
    try {
      cron = CronSchedule.parse(text, zone);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "': " + e.getMessage() + HOW_CRON_IS_WRITTEN, e);
    }
    if (cron.next(Instant.EPOCH).isEmpty()) {
      throw new IllegalArgumentException("'" + text + "' never fires: there is no such day");
    }
    return cron;
  }
}
