package io.savepointd.supervise;

import java.time.Instant;

/** A look at what runs on a cluster. */
@FunctionalInterface
public interface ClusterLook {
  /** A view that was begun at {@code notBefore} or later; it may take as long as a request. */
  ClusterView look(Instant notBefore);
}
