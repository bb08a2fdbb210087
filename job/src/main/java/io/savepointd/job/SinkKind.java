package io.savepointd.job;

/** Where the averages go. */
enum SinkKind {
  /** To the standard output of the TaskManagers. */
  PRINT,
  /** Nowhere: for runs whose rate would fill the disk with output. */
  DISCARD
}
