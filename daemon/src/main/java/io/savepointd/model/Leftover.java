package io.savepointd.model;

import java.time.Instant;

/**
 * A trigger that failed, and whose target directory may still hold something: half a savepoint, or
 * a whole one that came too late.
 *
 * @param expired whether it is condemned: nothing in it is to be taken in any more
 */
public record Leftover(Trigger trigger, Instant failedAt, boolean expired) {
  /** The same one, condemned. */
  public Leftover condemned() {
    return new Leftover(trigger, failedAt, true);
  }
}
