package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.TreeSet;

/** How a time zone is read. */
final class Zones {
  private static final String SYSTEM = "system";

  private Zones() {}

  /** The zone of this name, offset, or this machine's. */
  static ZoneId zone(ConfigValue value) {
    String text = Values.text(value);
    if (text.equals(SYSTEM)) {
      return ZoneId.systemDefault();
    }
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      var known = new TreeSet<>(ZoneId.getAvailableZoneIds());
      known.add(SYSTEM);
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no time zone, such as Europe/Berlin, UTC, +02:00 or system"
              + Suggestion.clause(text, known),
          e);
    }
  }
}
