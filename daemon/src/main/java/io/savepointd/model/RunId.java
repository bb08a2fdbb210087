package io.savepointd.model;

/**
 * The id of one execution of a job: the Flink JobID, chosen by savepointd before it submits.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record RunId(String value) {
  /** Refuses anything that isn't 32 lower-case hexadecimal digits. */
  public RunId {
    Hex128.require(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
