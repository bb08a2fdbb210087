package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.ManagedProcess;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * A process that may be killed.
 *
 * @param process its present life
 * @param launch starts its next one; returns at once
 */
record Victim(String name, Supplier<ManagedProcess> process, Launch launch) {

  /** Starts a process. */
  @FunctionalInterface
  interface Launch {
    void start() throws IOException;
  }
}
