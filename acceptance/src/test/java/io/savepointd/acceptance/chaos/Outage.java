package io.savepointd.acceptance.chaos;

import java.time.Duration;

/**
 * One kill and the start that follows it.
 *
 * @param victim the name of the process
 * @param at when it is killed, counted from the beginning of the chaos
 * @param down how long until it is started again
 */
record Outage(String victim, Duration at, Duration down) {

  Duration end() {
    return at.plus(down);
  }

  @Override
  public String toString() {
    return "%8.3f s: kill %s, start it after %.3f s"
        .formatted(at.toMillis() / 1e3, victim, down.toMillis() / 1e3);
  }
}
