package io.savepointd.storage;

import java.io.IOException;

/** The storage gave no usable answer; transient, and it proves nothing about any savepoint. */
public final class StorageUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which path, what was tried, and what came back. */
  public StorageUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
