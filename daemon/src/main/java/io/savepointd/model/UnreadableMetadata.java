package io.savepointd.model;

import java.io.IOException;

/** The bytes of a {@code _metadata} file are nothing that Flink's reader understands; permanent. */
public final class UnreadableMetadata extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what the reader stumbled over. */
  public UnreadableMetadata(String message, Throwable cause) {
    super(message, cause);
  }
}
