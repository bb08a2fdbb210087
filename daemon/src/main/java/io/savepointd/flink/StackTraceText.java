package io.savepointd.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Boils a Java stack trace in plain text down to the line that an operator needs. */
final class StackTraceText {
  private static final int MAX_REASON = 800;
  private static final int MAX_CAUSE = 300;
  private static final int CAUSES_TOLD = 3;

  /** {@code some.package.SomeException: message}, also after "Caused by: ". */
  private static final Pattern THROWABLE =
      Pattern.compile("^(?:Caused by: )?(?:[\\w$]+\\.)+([\\w$]+)(?:: (.*))?$");

  private final List<String> causes = new ArrayList<>();
  private boolean inMessage;

  private StackTraceText() {}

  /** The innermost causes, the outermost of them first, without stack frames; never empty. */
  static String reason(String text) {
    StackTraceText trace = new StackTraceText();
    text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(trace::take);
    List<String> all = trace.causes;
    String reason =
        String.join("; ", all.subList(Math.max(0, all.size() - CAUSES_TOLD), all.size()));
    return reason.isEmpty() ? "no reason given" : shorten(reason, MAX_REASON);
  }

  private void take(String line) {
    if (line.startsWith("at ") || line.startsWith("... ")) {
      inMessage = false;
    } else if (!isWrapping(line)) {
      Matcher throwable = THROWABLE.matcher(line);
      if (throwable.matches()) {
        takeCause(throwable.group(1), throwable.group(2) == null ? "" : throwable.group(2));
      } else if (inMessage) {
        int last = causes.size() - 1;
        causes.set(last, shorten(causes.get(last) + " " + line, MAX_CAUSE));
      } else {
        causes.add(shorten(line, MAX_CAUSE));
        inMessage = true;
      }
    }
  }

  private void takeCause(String kind, String message) {
    Matcher nested = THROWABLE.matcher(message);
    if (nested.matches() && nested.group(1).matches(".*(?:Exception|Error)")) {
      // "CompletionException: some.OtherException: message" tells no more than the other does.
      takeCause(nested.group(1), nested.group(2) == null ? "" : nested.group(2));
      return;
    }
    String cause = message.isEmpty() ? kind : kind + ": " + message;
    // What a wrapper said is dropped once its cause says it again.
    String told = shorten(cause, MAX_CAUSE);
    causes.removeIf(
        earlier -> earlier.equals(told) || earlier.endsWith(message.isEmpty() ? cause : message));
    causes.add(told);
    inMessage = true;
  }

  private static boolean isWrapping(String line) {
    return line.startsWith("<Exception on server side")
        || line.startsWith("End of exception on server side")
        || line.equals("Internal server error.");
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "…";
  }
}
