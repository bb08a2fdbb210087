package io.savepointd.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.stream.Collectors;

/**
 * Puts the priority before each line of what it encloses, stack traces' lines too, as sd-daemon(3)
 * has it: without one the journal files a line as information.
 */
public final class JournalLines extends CompositeConverter<ILoggingEvent> {
  private static final String OURS = "io.savepointd.";

  @Override
  protected String transform(ILoggingEvent event, String text) {
    String prefix = prefix(event.getLevel(), event.getLoggerName());
    return text.lines()
        .filter(line -> !line.isBlank())
        .map(line -> prefix + line + "\n")
        .collect(Collectors.joining());
  }

  /**
   * A library's own warning is a notice: what a person has to see to, savepointd says in words of
   * its own.
   */
  private static String prefix(Level level, String logger) {
    if (level.isGreaterOrEqual(Level.ERROR)) {
      return "<3>";
    } else if (level.isGreaterOrEqual(Level.WARN)) {
      return logger.startsWith(OURS) ? "<4>" : "<5>";
    }
    return level.isGreaterOrEqual(Level.INFO) ? "<6>" : "<7>";
  }
}
