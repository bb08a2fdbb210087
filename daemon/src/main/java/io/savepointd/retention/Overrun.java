package io.savepointd.retention;

import io.savepointd.model.Words;

/**
 * That what must stay is more than {@code max-bytes}.
 *
 * @param keptBytes what all that is kept takes together
 * @param maxBytes what was allowed
 */
public record Overrun(long keptBytes, long maxBytes) {
  /** In words for a person. */
  public String inWords() {
    return Words.bytes(keptBytes)
        + " stay, over max-bytes of "
        + Words.bytes(maxBytes)
        + " by "
        + Words.bytes(keptBytes - maxBytes)
        + ": each of them is the newest or still needed";
  }
}
