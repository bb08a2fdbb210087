package io.savepointd.flink;

/** What has become of a trigger, as the cluster's cache of operations tells it. */
public sealed interface TriggerOutcome {
  /** Still being written. */
  record InProgress() implements TriggerOutcome {}

  /**
   * Written, says Flink.
   *
   * @param path the savepoint's directory, fully qualified
   */
  record Completed(String path) implements TriggerOutcome {}

  /** Failed, says Flink; even so a stop may have left a good savepoint behind. */
  record Failed(String reason) implements TriggerOutcome {}

  /**
   * Nobody can say: the answer was lost, or the trigger is not in this JobManager's cache (404),
   * which after five minutes or a failover means nothing.
   *
   * @param notFound true if a JobManager answered that it doesn't know the trigger or its run
   */
  record Unknown(String reason, boolean notFound) implements TriggerOutcome {}
}
