package io.savepointd.schedule;

import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** A Quartz cron expression (six or seven fields, seconds first) in a time zone; never changes. */
public final class CronSchedule {
  private final CronExpression expression;
  private final ZoneId zone;

  private CronSchedule(CronExpression expression, ZoneId zone) {
    this.expression = expression;
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException with Quartz's reason if it isn't one
   */
  public static CronSchedule parse(String expression, ZoneId zone) {
    try {
      CronExpression parsed = new CronExpression(expression);
      parsed.setTimeZone(timeZone(zone));
      // Quartz reads a field of commas alone as one without a value, and fails when it is asked.
      Date unused = parsed.getNextValidTimeAfter(Date.from(Instant.EPOCH));
      return new CronSchedule(parsed, zone);
    } catch (NoSuchElementException e) {
      throw new IllegalArgumentException("A field holds no value", e);
    } catch (ParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** {@link TimeZone#getTimeZone} takes UTC+02:00 and +02:00:30 for GMT without a word. */
  private static TimeZone timeZone(ZoneId zone) {
    return zone.normalized() instanceof ZoneOffset offset
        ? new SimpleTimeZone(offset.getTotalSeconds() * 1000, zone.getId())
        : TimeZone.getTimeZone(zone);
  }

  /**
   * The first time strictly after {@code after}; empty if there is none any more. As Quartz has it,
   * a time of day that the clock jumps over is left out, and of an hour that comes twice the first
   * is passed over.
   */
  public Optional<Instant> next(Instant after) {
    return Optional.ofNullable(expression.getNextValidTimeAfter(Date.from(after)))
        .map(Date::toInstant);
  }

  /** The expression as it was written. */
  public String expression() {
    return expression.getCronExpression();
  }

  /** The zone its fields are read in. */
  public ZoneId zone() {
    return zone;
  }

  /** The same for those who want one of the old kind. */
  public TimeZone timeZone() {
    return timeZone(zone);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule that
        && expression().equals(that.expression())
        && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return expression().hashCode() * 31 + zone.hashCode();
  }

  @Override
  public String toString() {
    return expression() + " " + zone;
  }
}
