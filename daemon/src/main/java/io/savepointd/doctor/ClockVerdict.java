package io.savepointd.doctor;

import io.savepointd.model.ClockReading;
import java.time.Duration;
import java.util.Locale;

/** What to think of another machine's clock. */
final class ClockVerdict {
  private static final Duration WARN = Duration.ofSeconds(2);
  private static final Duration FAIL = Duration.ofSeconds(30);
  private static final String REMEDY =
      "keep both by NTP (chrony, systemd-timesyncd): when a savepoint was taken, retention, the"
          + " ledger's silence and Kerberos count on it";

  private ClockVerdict() {}

  static Verdict of(ClockReading reading, String whose) {
    Duration ahead = reading.ahead();
    Duration off = ahead.abs();
    if (off.compareTo(WARN) < 0) {
      return new Verdict.Ok("agrees with this machine's to less than 2 s");
    }
    String found =
        String.format(
            Locale.ROOT,
            "%s is %.1f s %s this machine's",
            whose,
            off.toMillis() / 1000.0,
            ahead.isNegative() ? "behind" : "ahead of");
    return off.compareTo(FAIL) < 0
        ? new Verdict.Warn(found, REMEDY)
        : new Verdict.Failed(found, REMEDY);
  }
}
