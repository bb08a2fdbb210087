package io.savepointd.job.input;

/** What a line turned out to be. */
sealed interface ParsedLine {
  /** Two longs. */
  record Good(long key, long value) implements ParsedLine {}

  /** Anything else. */
  record Bad(String reason) implements ParsedLine {}

  /** Reads {@code key value}: two longs with blanks or tabs around them. */
  static ParsedLine of(String line) {
    String text = line.strip();
    if (text.isEmpty()) {
      return new Bad("empty");
    }
    String[] fields = text.split("\\s+", 3);
    if (fields.length != 2) {
      return new Bad(fields.length == 1 ? "one field" : "more than two fields");
    }
    try {
      return new Good(Long.parseLong(fields[0]), Long.parseLong(fields[1]));
    } catch (NumberFormatException notALong) {
      return new Bad("not two whole numbers of 64 bits");
    }
  }
}
