package io.savepointd.model;

/**
 * The id of one request for a savepoint: Flink's triggerId, chosen before the request is sent.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record TriggerId(String value) {
  /** Refuses anything that isn't 32 lower-case hexadecimal digits. */
  public TriggerId {
    Hex128.require(value);
  }

  /** Whether {@code value} could be such an id. */
  public static boolean isValid(String value) {
    return Hex128.isValid(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
