package io.savepointd.flink;

import java.net.URI;

/** Knows where the next request to a cluster goes. */
interface Whereabouts extends AutoCloseable {
  /** The base address, a proxy's prefix included. */
  URI base() throws ClusterUnavailable;

  /** Lets go of whatever tells; afterwards nothing is known. */
  @Override
  void close();

  /** One that is configured. */
  static Whereabouts fixed(URI rest) {
    return new Whereabouts() {
      @Override
      public URI base() {
        return rest;
      }

      @Override
      public void close() {}
    };
  }
}
