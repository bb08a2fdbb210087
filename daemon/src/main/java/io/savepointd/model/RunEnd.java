package io.savepointd.model;

/** How a run ended. */
public enum RunEnd {
  FINISHED,
  CANCELED,
  FAILED,
  /** The cluster no longer knows it, and on a second look neither. */
  GONE
}
