package io.savepointd.model;

/**
 * The id of a savepoint on the ledger: that of the trigger which made it.
 *
 * @param value 32 lower-case hexadecimal digits
 */
public record SavepointId(String value) {
  /** Refuses anything that isn't 32 lower-case hexadecimal digits. */
  public SavepointId {
    Hex128.require(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
