package io.savepointd.scrub;

import io.savepointd.storage.ForwardingStore;
import io.savepointd.storage.SavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.storage.Verification;
import java.io.IOException;
import java.util.function.Predicate;

/** A store whose DataNodes are down for some savepoints, while its NameNode answers. */
final class HalfBlindStore extends ForwardingStore {
  private final Predicate<String> outOfReach;

  HalfBlindStore(SavepointStore real, Predicate<String> outOfReach) {
    super(real);
    this.outOfReach = outOfReach;
  }

  @Override
  public Verification verify(String path) throws StorageUnavailable {
    if (outOfReach.test(path)) {
      throw new StorageUnavailable("could not verify " + path, new IOException("DataNode down"));
    }
    return super.verify(path);
  }

  @Override
  public Verification verifyDeep(String path) throws StorageUnavailable {
    return verify(path);
  }
}
