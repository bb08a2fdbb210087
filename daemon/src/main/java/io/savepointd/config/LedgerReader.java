package io.savepointd.config;

import io.savepointd.ledger.LedgerSettings;
import java.time.Duration;

/** Reads {@code ledger}. */
final class LedgerReader {
  /** An owner two of whose signs of life were late is not silent yet. */
  private static final int HEARTBEATS = 3;

  private static final long SMALLEST_SEGMENT = 1024;

  /** {@code dfs.replication.max} unless somebody changed it. */
  private static final int HIGHEST_REPLICATION = 512;

  private LedgerReader() {}

  static LedgerSettings read(Section ledger) {
    Duration heartbeat = ledger.get("heartbeat", Values::duration);
    Duration silence = ledger.get("silence", Values::duration);
    if (ledger.isSound("heartbeat", "silence")
        && silence.compareTo(heartbeat.multipliedBy(HEARTBEATS)) < 0) {
      ledger.fault(
          ledger.isSet("silence") ? "silence" : "heartbeat",
          "the silence (%s) must last at least %d heartbeats (of %s)"
              .formatted(Words.of(silence), HEARTBEATS, Words.of(heartbeat)));
    }
    return new LedgerSettings(
        heartbeat,
        silence,
        ledger.get("segment-bytes", Values.bytes(SMALLEST_SEGMENT)),
        ledger.get("replication", Values.whole(0, HIGHEST_REPLICATION)));
  }
}
