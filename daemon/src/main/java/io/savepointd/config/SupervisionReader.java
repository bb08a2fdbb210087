package io.savepointd.config;

import io.savepointd.supervise.SupervisionSettings;
import io.savepointd.supervise.SupervisionSettings.Backoff;
import io.savepointd.supervise.SupervisionSettings.EmptyStart;
import io.savepointd.supervise.SupervisionSettings.Restart;
import java.time.Duration;

/** Reads what a job says of being kept alive. */
final class SupervisionReader {
  private SupervisionReader() {}

  static SupervisionSettings read(Section job) {
    Section timeouts = job.section("timeouts");
    return new SupervisionSettings(
        job.get("restart", Values.choice(Restart.class)),
        job.get("empty-start", Values.choice(EmptyStart.class)),
        backoff(job.section("restart-backoff")),
        job.section("restore").get("allow-non-restored-state", Values::flag),
        timeouts.get("start", Values::duration),
        timeouts.get("savepoint", Values::duration));
  }

  private static Backoff backoff(Section section) {
    Duration initial = section.get("initial", Values::duration);
    Duration max = section.get("max", Values::duration);
    if (section.isSound("initial", "max") && max.compareTo(initial) < 0) {
      section.fault(
          section.isSet("max") ? "max" : "initial",
          "the longest wait (max, %s) must not be shorter than the first (initial, %s)"
              .formatted(Words.of(max), Words.of(initial)));
    }
    return new Backoff(initial, max, section.get("reset-after", Values::duration));
  }
}
