package io.savepointd.flink;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Flink says went wrong: {@code {"errors": [...]}} around stack traces in plain text.
 *
 * @param flink whether it has that shape, so that Flink itself said it and no proxy before it
 * @param text as it came: to decide by, not to be shown
 */
record FlinkError(boolean flink, String text, Discretion discretion) {
  static FlinkError parse(String body, Discretion discretion) {
    try {
      JsonNode errors = JsonMapper.shared().readTree(body).path("errors");
      if (errors.isArray()) {
        List<String> lines = new ArrayList<>();
        errors.forEach(error -> lines.add(error.asString("")));
        return new FlinkError(true, String.join("\n", lines), discretion);
      }
    } catch (JacksonException e) {
      // No JSON, so not from Flink, or cut at our limit: taken as plain text below.
    }
    return new FlinkError(false, body, discretion);
  }

  boolean mentions(String words) {
    return text.contains(words);
  }

  /** Whether the address led to no endpoint at all, rather than to one that knows no such thing. */
  boolean noEndpoint() {
    return !flink || text.startsWith("Not found: /") || mentions("Unable to load requested file");
  }

  /** The innermost causes in one line; never empty. */
  String reason() {
    return discretion.in(StackTraceText.reason(text));
  }
}
