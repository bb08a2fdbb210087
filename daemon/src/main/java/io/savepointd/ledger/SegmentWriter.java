package io.savepointd.ledger;

import java.io.Closeable;
import java.io.IOException;

/**
 * The stream into one segment; used by one thread at a time. After any IOException it is lost: what
 * was written before it without a sync may be there or not.
 */
interface SegmentWriter extends Closeable {
  /** Writes all of {@code bytes}; not durable yet. */
  void write(byte[] bytes) throws IOException;

  /** Returns once everything written is durable. */
  void sync() throws IOException;
}
