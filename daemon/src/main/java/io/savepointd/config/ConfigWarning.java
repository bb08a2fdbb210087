package io.savepointd.config;

/**
 * Something in a configuration that is no fault, but should be mended.
 *
 * @param file the file it concerns, an included one too
 * @param line from 1
 * @param key the full path of the key it concerns
 * @param reason what is wrong and the command that mends it
 */
public record ConfigWarning(String file, int line, String key, String reason) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + key + ": " + reason;
  }
}
