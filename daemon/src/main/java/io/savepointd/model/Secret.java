package io.savepointd.model;

/**
 * A text that must not be told: whatever shows it shows {@link Secrets#MASK}.
 *
 * @param value what only its user may ask for
 */
public record Secret(String value) {
  @Override
  public String toString() {
    return Secrets.MASK;
  }
}
