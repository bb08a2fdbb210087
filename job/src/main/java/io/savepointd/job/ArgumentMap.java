package io.savepointd.job;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The arguments as name and value, each known, given once and not empty. */
final class ArgumentMap {
  private final Map<String, String> values;

  private ArgumentMap(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Splits {@code --name value} and {@code --name=value}.
   *
   * @throws ArgumentException for a name that isn't among the known, a missing value, a repetition
   */
  static ArgumentMap split(List<String> args, List<String> known) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String argument = args.get(i);
      int equals = argument.indexOf('=');
      boolean joined = argument.startsWith("--") && equals > 0;
      String name = joined ? argument.substring(0, equals) : argument;
      if (!known.contains(name)) {
        throw new ArgumentException(
            "Unknown argument '" + name + "': known are " + String.join(", ", known));
      }
      String value;
      if (joined) {
        value = argument.substring(equals + 1);
      } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
        i++;
        value = args.get(i);
      } else {
        value = "";
      }
      if (value.isBlank()) {
        throw new ArgumentException("Argument " + name + " lacks its value");
      }
      if (values.put(name, value) != null) {
        throw new ArgumentException("Argument " + name + " is given twice");
      }
    }
    return new ArgumentMap(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** A whole number within the bounds, both included. */
  OptionalLong number(String name, long least, long most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException notANumber) {
      throw outside(name, least, most, notANumber);
    }
    throw outside(name, least, most, null);
  }

  /** One of an enum's constants, written in lower case. */
  <E extends Enum<E>> E choice(String name, E otherwise) {
    E[] choices = otherwise.getDeclaringClass().getEnumConstants();
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E choice : choices) {
      if (written(choice).equals(text.get())) {
        return choice;
      }
    }
    StringBuilder all = new StringBuilder();
    for (E choice : choices) {
      all.append(all.isEmpty() ? "" : " or ").append(written(choice));
    }
    throw new ArgumentException(
        "Argument " + name + " must be " + all + ", not '" + text.get() + "'");
  }

  private static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private ArgumentException outside(String name, long least, long most, Throwable cause) {
    String bounds =
        most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
    ArgumentException outside =
        new ArgumentException(
            "Argument "
                + name
                + " must be a whole number "
                + bounds
                + ", not '"
                + values.get(name)
                + "'");
    outside.initCause(cause);
    return outside;
  }
}
