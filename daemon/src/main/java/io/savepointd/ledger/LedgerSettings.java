package io.savepointd.ledger;

import java.time.Duration;

/**
 * How the ledger is kept.
 *
 * @param heartbeat how often an idle owner gives a sign of life
 * @param silence how long an owner that can't be asked must have been silent before it is fenced;
 *     several heartbeats
 * @param segmentBytes a segment longer than this is closed and the next one begun
 * @param replication of the ledger's files; 0 takes the file system's default
 */
public record LedgerSettings(
    Duration heartbeat, Duration silence, long segmentBytes, int replication) {}
