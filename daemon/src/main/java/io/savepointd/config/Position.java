package io.savepointd.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where something stands in a configuration file.
 *
 * @param line from 1; 0 for the file as a whole
 */
record Position(String file, int line) implements Comparable<Position> {
  /**
   * How the parser describes a value written on several lines; it tells the last in no other way.
   */
  private static final Pattern RANGE = Pattern.compile(": \\d+-(\\d{1,9})$");

  /** Where the parser says that {@code origin} is, if that is one place in one file. */
  static Optional<Position> of(ConfigOrigin origin) {
    return Optional.ofNullable(origin)
        .filter(o -> o.filename() != null && o.lineNumber() > 0)
        .map(o -> new Position(o.filename(), o.lineNumber()));
  }

  /** The last of the places that make up {@code origin}, where the value that counts is written. */
  static Optional<Position> lastOf(ConfigOrigin origin) {
    Matcher range = RANGE.matcher(origin.description());
    return of(origin)
        .map(p -> range.find() ? new Position(p.file(), Integer.parseInt(range.group(1))) : p);
  }

  /**
   * Where {@code value} is written. An object that several files make up has no place of its own:
   * its first member's is taken.
   */
  static Optional<Position> of(ConfigValue value) {
    return of(value.origin())
        .or(() -> members(value).flatMap(m -> of(m).stream()).min(naturalOrder()));
  }

  private static Comparator<Position> naturalOrder() {
    return Comparator.naturalOrder();
  }

  private static Stream<ConfigValue> members(ConfigValue value) {
    try {
      return value instanceof ConfigObject object
          ? object.values().stream().filter(Objects::nonNull)
          : Stream.of();
    } catch (ConfigException.NotResolved e) {
      return Stream.of();
    }
  }

  @Override
  public int compareTo(Position other) {
    int byFile = file.compareTo(other.file);
    return byFile != 0 ? byFile : Integer.compare(line, other.line);
  }
}
