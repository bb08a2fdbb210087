package io.savepointd.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;

/** The parser's reason in words that hold: without the place, which is told apart from it. */
final class SyntaxFault {
  private SyntaxFault() {}

  static String reason(ConfigException fault) {
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
