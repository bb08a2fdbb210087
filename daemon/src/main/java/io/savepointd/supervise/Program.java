package io.savepointd.supervise;

import io.savepointd.model.Launch;

/** What a run is to be started with. */
public sealed interface Program {
  /** Whether state that has no place in it may be dropped, for this start alone. */
  default boolean dropState() {
    return false;
  }

  /** As the configuration says now. */
  record Configured() implements Program {}

  /** By a launch that was kept, whatever the configuration says by now. */
  record Kept(Launch launch, boolean dropState) implements Program {}
}
