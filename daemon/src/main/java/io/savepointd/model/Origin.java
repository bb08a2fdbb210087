package io.savepointd.model;

/** What state a run started from. */
public sealed interface Origin {
  /** No state at all. */
  record Empty() implements Origin {}

  /**
   * A savepoint.
   *
   * @param path its directory, a fully qualified URI
   */
  record Restored(String path) implements Origin {}

  /** Not known to us: the run was there before savepointd took it over and names no savepoint. */
  record Adopted() implements Origin {}
}
