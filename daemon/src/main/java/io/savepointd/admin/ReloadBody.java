package io.savepointd.admin;

import java.util.List;

/**
 * Body of {@code POST /reload}.
 *
 * @param result {@code done}, or {@code refused} and nothing has changed
 * @param detail what has come of it as a whole, in words
 * @param lines what has changed, one line each; of a refusal its reasons
 */
public record ReloadBody(String result, String detail, List<String> lines) {
  /** Copies the lines. */
  public ReloadBody {
    lines = List.copyOf(lines);
  }
}
