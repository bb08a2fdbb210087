package io.savepointd.config;

import com.typesafe.config.ConfigValue;
import io.savepointd.supervise.SupervisionSettings;
import io.savepointd.supervise.SupervisionSettings.Backoff;
import io.savepointd.supervise.SupervisionSettings.CrashLoop;
import io.savepointd.supervise.SupervisionSettings.EmptyStart;
import io.savepointd.supervise.SupervisionSettings.From;
import io.savepointd.supervise.SupervisionSettings.Restart;
import io.savepointd.supervise.SupervisionSettings.Restore;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a job says of being kept alive. */
final class SupervisionReader {
  private static final String NEWEST_ONLY = "newest-only";
  private static final Pattern WALK_BACK = Pattern.compile("walk-back\\s+([1-9][0-9]{0,2})");

  /** More runs that are over aren't remembered either. */
  private static final int MOST_DEATHS = 500;

  private SupervisionReader() {}

  static SupervisionSettings read(Section job) {
    Section timeouts = job.section("timeouts");
    return new SupervisionSettings(
        job.get("restart", Values.choice(Restart.class)),
        job.get("empty-start", Values.choice(EmptyStart.class)),
        backoff(job.section("restart-backoff")),
        crashLoop(job.section("crash-loop")),
        restore(job.section("restore")),
        timeouts.get("start", Values::duration),
        timeouts.get("savepoint", Values::duration),
        timeouts.get("leftover", Values::duration),
        timeouts.get("upgrade", Values::duration),
        timeouts.read("failover", Values::duration));
  }

  private static CrashLoop crashLoop(Section section) {
    return new CrashLoop(
        section.get("deaths", Values.whole(1, MOST_DEATHS)),
        section.get("within", Values::duration));
  }

  private static Restore restore(Section section) {
    return new Restore(
        section.get("allow-non-restored-state", Values::flag),
        section.get("fallback", SupervisionReader::walkBack),
        section.get("from", Values.choice(From.class)));
  }

  /** {@code newest-only}, or {@code walk-back N}. */
  private static int walkBack(ConfigValue value) {
    String text = Values.text(value).strip();
    Matcher walk = WALK_BACK.matcher(text);
    if (walk.matches()) {
      return Integer.parseInt(walk.group(1));
    }
    if (text.equals(NEWEST_ONLY)) {
      return 0;
    }
    throw new IllegalArgumentException(
        "must be newest-only, or walk-back and how many damaged savepoints may be passed over,"
            + " from 1 to 999, such as \"walk-back 2\"; not '"
            + text
            + "'");
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
