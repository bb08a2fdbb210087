package io.savepointd.flink;

/**
 * One way to start a run on a cluster. A run is started under the id of its submission or not at
 * all, and starting it again is harmless. Blocks as {@link FlinkCluster#submit} says; safe for
 * several threads.
 */
interface Launcher {
  /** What became of it, as far as can be told: in doubt {@link SubmitOutcome.Unknown}. */
  SubmitOutcome submit(Submission submission);
}
