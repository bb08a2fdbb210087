package io.savepointd.embedded;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asked for.
 *
 * @param dir absolute; holds everything the world writes
 * @param linesPerSecond what each client of the line source is sent
 * @param clean whether what was written is removed at the end
 */
record Options(Path dir, int linesPerSecond, boolean clean) {

  static final String USAGE =
      "usage: java -jar embedded.jar --dir DIR [--lines-per-second N] [--clean]";

  private static final int DEFAULT_LINES_PER_SECOND = 10;
  private static final int MOST_LINES_PER_SECOND = 10_000;

  /** Reads the arguments; throws {@link UsageException} with a message for the user. */
  static Options parse(List<String> args) throws UsageException {
    Optional<Path> dir = Optional.empty();
    int linesPerSecond = DEFAULT_LINES_PER_SECOND;
    boolean clean = false;
    Deque<String> rest = new ArrayDeque<>(args);
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      switch (option) {
        case "--dir" -> dir = Optional.of(directory(valueOf(option, rest)));
        case "--lines-per-second" -> linesPerSecond = rate(valueOf(option, rest));
        case "--clean" -> clean = true;
        default -> throw new UsageException("unknown argument: " + option);
      }
    }
    Path found = dir.orElseThrow(() -> new UsageException("--dir is missing"));
    return new Options(found, linesPerSecond, clean);
  }

  private static String valueOf(String option, Deque<String> rest) throws UsageException {
    String value = rest.pollFirst();
    if (value == null) {
      throw new UsageException(option + " needs a value");
    }
    return value;
  }

  private static Path directory(String value) throws UsageException {
    try {
      return Path.of(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException("--dir " + value + ": " + e.getReason());
    }
  }

  private static int rate(String value) throws UsageException {
    try {
      int rate = Integer.parseInt(value);
      if (rate >= 1 && rate <= MOST_LINES_PER_SECOND) {
        return rate;
      }
    } catch (NumberFormatException e) {
      // Said below, together with what is out of range.
    }
    throw new UsageException(
        "--lines-per-second " + value + ": a number from 1 to " + MOST_LINES_PER_SECOND);
  }

  /** The arguments can't be understood; the message says which and why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
