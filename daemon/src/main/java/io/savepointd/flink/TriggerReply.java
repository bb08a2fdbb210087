package io.savepointd.flink;

/** The answer to a request for a savepoint. */
public sealed interface TriggerReply {
  /** The request is with the cluster; its outcome is to be asked for. */
  record Accepted() implements TriggerReply {}

  /** The cluster refused the request itself; no savepoint comes of it. */
  record Refused(String reason) implements TriggerReply {}

  /** The answer was lost: the request may or may not be with the cluster. */
  record Unknown(String reason) implements TriggerReply {}
}
