package io.savepointd.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How one value is read as what it should be; an {@link IllegalArgumentException}'s message is the
 * reason a person sees.
 */
final class Values {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Values() {}

  /** Text that isn't blank; a number or boolean counts as the text it was written with. */
  static String text(ConfigValue value) {
    String text = scalar(value, "text");
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    return text;
  }

  /** Any text, an empty one too. */
  static String scalar(ConfigValue value, String wanted) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> value.atKey("value").getString("value");
      case LIST -> throw new IllegalArgumentException("must be " + wanted + ", not a list");
      case OBJECT ->
          throw new IllegalArgumentException("must be " + wanted + ", not a block { … }");
      case NULL -> throw new IllegalArgumentException("must be " + wanted + ", not null");
    };
  }

  /** A list of texts. */
  static List<String> texts(ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      throw new IllegalArgumentException(
          "must be a list, such as [\"--host\", \"localhost\"], not " + scalar(value, "a list"));
    }
    List<String> texts = new ArrayList<>();
    for (ConfigValue element : list) {
      texts.add(scalar(element, "a list of texts; element " + (texts.size() + 1) + " must be one"));
    }
    return texts;
  }

  /** True or false, by any of the names HOCON knows. */
  static boolean flag(ConfigValue value) {
    return switch (scalar(value, "true or false")) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "must be true or false, not '" + scalar(value, "") + "'");
    };
  }

  /** A whole number between these two. */
  static Function<ConfigValue, Integer> whole(int least, int most) {
    return value -> {
      String text = scalar(value, "a whole number");
      int number;
      try {
        number = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "must be a whole number from " + least + " to " + most + ", not '" + text + "'", e);
      }
      if (number < least || number > most) {
        throw new IllegalArgumentException(
            "must be "
                + (number < least ? "at least " + least : "at most " + most)
                + ", not "
                + number);
      }
      return number;
    };
  }

  /** A duration with its unit: a bare number would be read as milliseconds, which nobody means. */
  static Duration duration(ConfigValue value) {
    String text = scalar(value, "a duration, such as 30s").strip();
    if (text.matches("[-+]?[0-9.]+")) {
      throw new IllegalArgumentException("needs a unit: " + text + "ms, " + text + "s, …");
    }
    Duration duration;
    try {
      duration = value.atKey("value").getDuration("value");
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "must be a number and one of ms, s, m, h, d, such as 30s, not '" + text + "'", e);
    }
    if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be between 1ms and 36500d, not " + text);
    }
    return duration;
  }

  /** A size in bytes, at least {@code least}. */
  static Function<ConfigValue, Long> bytes(long least) {
    return value -> {
      String text = scalar(value, "a size, such as 8MiB");
      long bytes;
      try {
        bytes = value.atKey("value").getBytes("value");
      } catch (ConfigException e) {
        throw new IllegalArgumentException(
            "must be a size in bytes, such as 8MiB, not '" + text + "'", e);
      }
      if (bytes < least) {
        throw new IllegalArgumentException("must be at least " + least + " bytes, not " + text);
      }
      return bytes;
    };
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  static <E extends Enum<E>> Function<ConfigValue, E> choice(Class<E> type) {
    List<E> constants = Arrays.asList(type.getEnumConstants());
    List<String> words = constants.stream().map(Values::word).toList();
    return value -> {
      String text = scalar(value, "one of " + String.join(", ", words));
      int index = words.indexOf(text);
      if (index < 0) {
        throw new IllegalArgumentException(
            "must be one of "
                + String.join(", ", words)
                + ", not '"
                + text
                + "'"
                + Suggestion.clause(text, words));
      }
      return constants.get(index);
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
