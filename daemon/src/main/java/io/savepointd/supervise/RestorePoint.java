package io.savepointd.supervise;

import io.savepointd.model.Savepoint;

/** What a run could be started from now. */
public sealed interface RestorePoint {
  /** Not looked for. */
  record NotLooked() implements RestorePoint {}

  /** There is no retained savepoint. */
  record None(boolean anythingOnStorage) implements RestorePoint {}

  /** A savepoint just verified again. */
  record Good(String path) implements RestorePoint {}

  /** The savepoint that would be next was found damaged or missing: it is to be quarantined. */
  record Damaged(Savepoint savepoint, String reason) implements RestorePoint {}

  /** The savepoint that would be next, and why it can't be restored from. */
  record Bad(String path, String reason) implements RestorePoint {}

  /** The storage can't be asked. */
  record Unknown(String reason) implements RestorePoint {}
}
