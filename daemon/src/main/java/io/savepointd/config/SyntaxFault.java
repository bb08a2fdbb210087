package io.savepointd.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import io.savepointd.model.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parser's reason in words that hold: without the place, which is told apart from it. */
final class SyntaxFault {
  private static final int LINES_BEFORE = 3;
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final String MASKED = "'" + Secrets.MASK + "'";

  private SyntaxFault() {}

  /** The reason, without quoting a line on which a secret may stand. */
  static String reason(ConfigException fault, Position at) {
    String reason = reason(fault);
    return Secrets.inAddresses(nearSecret(at) ? QUOTED.matcher(reason).replaceAll(MASKED) : reason);
  }

  /** A value may stand on the line below its key, and a list's element on any line of the list. */
  private static boolean nearSecret(Position at) {
    try (Stream<String> lines = Files.lines(Path.of(at.file()))) {
      return at.line() == 0
          || lines
              .skip(Math.max(0, at.line() - 1 - LINES_BEFORE))
              .limit(LINES_BEFORE + 1L)
              .anyMatch(Secrets::mayHoldSecret);
    } catch (IOException | UncheckedIOException e) {
      return true; // it can't be known
    }
  }

  private static String reason(ConfigException fault) {
    String message = String.valueOf(fault.getMessage());
    ConfigOrigin origin = fault.origin();
    if (origin != null && message.startsWith(origin.description() + ": ")) {
      message = message.substring(origin.description().length() + 2);
    }
    String reason =
        message
            .replaceFirst("^(?:java\\.io\\.\\w+: )", "")
            .replaceFirst(
                ", or you may be able to rename the file \\.properties rather than \\.conf", "")
            // It says so of whatever may not follow here, also where no parenthesis was opened.
            .replace("expecting a close parentheses ')' here, not: ", "expecting '}' rather than ")
            .strip();
    return (fault instanceof ConfigException.IO ? "" : "syntax error: ") + reason;
  }
}
