package io.savepointd.flink;

import java.io.IOException;

/**
 * The cluster gave no usable answer: not reachable, too slow, in a leader election, or beyond our
 * understanding. Transient, and it proves nothing about any run.
 */
public final class ClusterUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which cluster, what was asked, and what came back. */
  public ClusterUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same, where no exception stands behind it. */
  public ClusterUnavailable(String message) {
    super(message);
  }
}
