package io.savepointd.demo;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows what the averaging job prints: the newest average of each key. */
final class Averages {
  private static final Pattern LINE = Pattern.compile("(?:\\d+> )?\\((\\d+),(-?\\d+)\\)");

  private final Path file;
  private final Map<Long, Long> latest = new TreeMap<>();
  private final Map<Long, Long> sinceMark = new TreeMap<>();
  private long position;

  Averages(Path file) {
    this.file = file;
  }

  /** Reads what has been printed since. */
  void read() throws IOException {
    for (String line : newText().lines().toList()) {
      Matcher average = LINE.matcher(line.strip());
      if (average.matches()) {
        long key = Long.parseLong(average.group(1));
        long value = Long.parseLong(average.group(2));
        latest.put(key, value);
        sinceMark.putIfAbsent(key, value);
      }
    }
  }

  /** From here on {@link #sinceMark} counts. */
  void mark() {
    sinceMark.clear();
  }

  /** The first average of each key that was read after the mark. */
  Map<Long, Long> sinceMark() {
    return new TreeMap<>(sinceMark);
  }

  /** The newest average of each key so far. */
  Map<Long, Long> latest() {
    return new TreeMap<>(latest);
  }

  /** Whole lines only: a half-written last one is left for the next time. */
  private String newText() throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length <= position) {
        return "";
      }
      byte[] bytes = new byte[(int) (length - position)];
      in.seek(position);
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      position += whole.length();
      return whole;
    }
  }
}
