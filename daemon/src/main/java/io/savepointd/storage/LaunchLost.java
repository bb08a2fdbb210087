package io.savepointd.storage;

/** What a run was started with can't be had, and another try wouldn't help. */
public final class LaunchLost extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason, as people read it. */
  public LaunchLost(String message) {
    super(message);
  }

  /** With its cause. */
  public LaunchLost(String message, Throwable cause) {
    super(message, cause);
  }
}
