package io.savepointd.storage;

/** What a look at a savepoint has shown. */
public sealed interface Verification {
  /**
   * Complete: everything it refers to is there.
   *
   * @param bytes of all its files together, {@code _metadata} among them
   * @param files how many there are
   */
  record Good(long bytes, int files) implements Verification {}

  /** There is no such directory, or it has no {@code _metadata}. */
  record Missing(String reason) implements Verification {}

  /** Something is there that must not be restored from. */
  record Damaged(String reason) implements Verification {}
}
