package io.savepointd.app;

/** The daemon can't go on and a restart alone won't help. */
public final class DaemonStopped extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean usage;

  DaemonStopped(String message, boolean usage, Throwable cause) {
    super(message, cause);
    this.usage = usage;
  }

  /** Whether the configuration is to blame. */
  public boolean usage() {
    return usage;
  }
}
