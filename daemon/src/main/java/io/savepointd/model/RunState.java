package io.savepointd.model;

/** A run's state as Flink's {@code JobStatus} names it. */
public enum RunState {
  INITIALIZING,
  CREATED,
  RUNNING,
  FAILING,
  FAILED,
  CANCELLING,
  CANCELED,
  FINISHED,
  RESTARTING,
  SUSPENDED,
  RECONCILING,
  /** A name this version has never heard of: treated as alive, never as an end. */
  UNRECOGNIZED;

  /** Whether the run is over for good; SUSPENDED isn't, since high availability may revive it. */
  public boolean globallyTerminal() {
    return this == FINISHED || this == CANCELED || this == FAILED;
  }
}
