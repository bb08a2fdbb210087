package io.savepointd.job;

/** What {@link CountWindowAverage} does with its state after it has emitted. */
enum Emit {
  /** Keeps it: each average is over everything the key has seen. */
  RUNNING,
  /** Clears it: each average is over two records. */
  RESET
}
