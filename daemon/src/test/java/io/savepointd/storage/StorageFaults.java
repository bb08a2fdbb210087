package io.savepointd.storage;

/** Faults for tests of other packages. */
public final class StorageFaults {
  private StorageFaults() {}

  /** Such a fault. */
  public static StorageFault fault(StorageFault.Kind kind, String message) {
    return new StorageFault(kind, message);
  }
}
