package io.savepointd.flink;

import io.savepointd.model.Secret;
import io.savepointd.model.Secrets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the values of headers out of words that people read: a proxy may quote what it was sent.
 * Only for words on their way out; what an answer means is read from the answer itself. Pure.
 */
final class Discretion {
  /** Shorter ones are in other words, so they are taken out only where they stand by themselves. */
  private static final int LONG = 8;

  /** Shorter ones could be any word. */
  private static final int SHORTEST = 4;

  /** Ends a text that was cut. */
  private static final String CUT = "…";

  /** Nothing to be kept back. */
  static final Discretion NONE = new Discretion(Set.of());

  private final List<String> values;

  private Discretion(Set<String> values) {
    this.values =
        values.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** Of each value the whole, and what follows {@code Bearer} and its like. */
  static Discretion of(Collection<Secret> headers) {
    Set<String> values = new TreeSet<>();
    for (Secret header : headers) {
      String whole = header.value().strip();
      String behindScheme = whole.replaceFirst("^\\S+\\s+", "");
      for (String part : List.of(whole, behindScheme)) {
        if (part.length() >= SHORTEST) {
          values.add(part);
          values.add(part.replace("\\", "\\\\").replace("\"", "\\\"")); // as JSON has it
        }
      }
    }
    return values.isEmpty() ? NONE : new Discretion(values);
  }

  /** The words without them. */
  String in(String words) {
    String shown = words;
    for (String value : values) {
      shown =
          value.length() >= LONG
              ? withoutBeginning(value, shown.replace(value, Secrets.MASK))
              : Pattern.compile("(?<!\\w)" + Pattern.quote(value) + "(?!\\w)")
                  .matcher(shown)
                  .replaceAll(Matcher.quoteReplacement(Secrets.MASK));
    }
    return shown;
  }

  /** Words are cut where they are too long, also in the middle of a value. */
  private static String withoutBeginning(String value, String words) {
    String left = words;
    for (int length = value.length() - 1; left.contains(CUT) && length >= SHORTEST; length--) {
      left = left.replace(value.substring(0, length) + CUT, Secrets.MASK + CUT);
    }
    return left;
  }

  @Override
  public String toString() {
    return "Discretion about " + values.size();
  }
}
