package io.savepointd.model;

import java.util.random.RandomGenerator;

/** Where new ids come from; seeded in tests, {@link java.security.SecureRandom} in the daemon. */
public final class Ids {
  private final RandomGenerator random;

  /** Draws every id from {@code random}, which must be safe for the threads that share this. */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** A run id never given out before. */
  public RunId newRun() {
    return new RunId(Hex128.random(random));
  }

  /** A trigger id never given out before. */
  public TriggerId newTrigger() {
    return new TriggerId(Hex128.random(random));
  }
}
