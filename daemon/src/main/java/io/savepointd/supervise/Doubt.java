package io.savepointd.supervise;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What is made of a checkpoint that looks damaged: Flink deletes a checkpoint's files in any order,
 * {@code _metadata} among them, so that one which is about to vanish looks so for a moment. One
 * thread's.
 */
final class Doubt {
  /** How long the benefit of it lasts for a start by itself. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Clock clock;
  private final Duration patience;
  private final Map<String, Instant> since = new HashMap<>();

  Doubt(Clock clock, Duration patience) {
    this.clock = clock;
    this.patience = patience;
  }

  /** Not known at first, and bad if it still looks so after a while. */
  RestorePoint about(String path, String fault, String rest) {
    Instant now = clock.instant();
    since.values().removeIf(now::isBefore); // the clock was set back
    Instant first = since.computeIfAbsent(path, p -> now);
    return now.isBefore(first.plus(patience))
        ? new RestorePoint.Unknown(
            "checkpoint "
                + path
                + " looks damaged: "
                + fault
                + "; looked at again until "
                + first.plus(patience)
                + ", since Flink may be deleting it")
        : new RestorePoint.Bad(path, fault + rest);
  }
}
