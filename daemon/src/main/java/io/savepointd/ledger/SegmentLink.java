package io.savepointd.ledger;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the first line of a segment says of the one before it: field {@code after}, the length of
 * its whole lines in bytes. A file that has lost its end, or everything, would else look like one
 * whose owner died early.
 */
final class SegmentLink {
  private static final Pattern AFTER = Pattern.compile(",\"after\":(\\d{1,18})[,}]");

  private SegmentLink() {}

  /** An opening line (not yet sealed) with the length of the segment before. */
  static String add(String line, OptionalLong lengthBefore) {
    return lengthBefore.isEmpty()
        ? line
        : line.substring(0, line.length() - 1) + ",\"after\":" + lengthBefore.getAsLong() + "}";
  }

  /** What a first line says of the segment before it; empty in old ledgers and first segments. */
  static OptionalLong of(String line) {
    Matcher after = AFTER.matcher(line);
    return after.find() ? OptionalLong.of(Long.parseLong(after.group(1))) : OptionalLong.empty();
  }
}
