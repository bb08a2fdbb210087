package io.savepointd.retention;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** A stretch of the calendar of which one savepoint may be kept. */
public enum Period {
  /**
   * An hour by the clock and its offset: of the hour that comes twice in autumn each one counts for
   * itself, since an hour of work lies in each.
   */
  HOUR("keep-hourly", "hour", of("uuuu-MM-dd HH:00xxxxx")),
  /** From midnight to midnight, be it 23, 24 or 25 hours. */
  DAY("keep-daily", "day", of("uuuu-MM-dd")),
  /** An ISO week, which begins on Monday; one around New Year belongs to one year alone. */
  WEEK("keep-weekly", "week", isoWeek()),
  /** A calendar month. */
  MONTH("keep-monthly", "month", of("uuuu-MM")),
  /** A calendar year. */
  YEAR("keep-yearly", "year", of("uuuu"));

  private final String key;
  private final String word;
  private final DateTimeFormatter label;

  Period(String key, String word, DateTimeFormatter label) {
    this.key = key;
    this.word = word;
    this.label = label;
  }

  /** The name of its rule in the configuration. */
  public String key() {
    return key;
  }

  String word() {
    return word;
  }

  /** The name of the one that {@code at} falls into; no two of them share a name. */
  String label(Instant at, ZoneId zone) {
    return label.format(at.atZone(zone));
  }

  private static DateTimeFormatter of(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /** Not the pattern {@code YYYY-'W'ww}, whose weeks are those of the locale. */
  private static DateTimeFormatter isoWeek() {
    return new DateTimeFormatterBuilder()
        .appendValue(IsoFields.WEEK_BASED_YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
        .appendLiteral("-W")
        .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
        .toFormatter(Locale.ROOT);
  }
}
