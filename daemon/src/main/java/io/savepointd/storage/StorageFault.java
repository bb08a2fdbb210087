package io.savepointd.storage;

import java.io.IOException;

/** A step of a {@link StorageProbe} that went wrong, and whose turn it is. */
public final class StorageFault extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What is to be mended, as far as the file system's answer tells. */
  public enum Kind {
    /** The user may not. */
    DENIED,
    /** A quota or a disk. */
    FULL,
    /** The NameNode takes no changes. */
    SAFE_MODE,
    /** The NameNode answers, but no DataNode takes the bytes. */
    NO_DATA_NODE,
    /** No answer from the NameNode. */
    UNREACHABLE,
    /** Kerberos. */
    LOGIN,
    /** It did what it must not do, or didn't do what it must. */
    NOT_AS_NEEDED,
    /** Anything else. */
    OTHER
  }

  StorageFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  StorageFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whose turn it is. */
  public Kind kind() {
    return kind;
  }
}
