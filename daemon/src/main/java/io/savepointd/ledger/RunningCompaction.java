package io.savepointd.ledger;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges old segments while the ledger is held, so that a daemon that runs for months leaves a
 * short ledger too. Reads and writes only what lies below the segment in use, which nobody changes
 * any more: so it needs neither the stream nor the lease, and one that has lost the ledger in the
 * meantime still writes a true snapshot. On a thread of its own; appends don't wait for it.
 */
final class RunningCompaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningCompaction.class);

  private final Snapshots snapshots;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final Executor executor;
  private volatile boolean closed;

  private RunningCompaction(Snapshots snapshots, Executor executor) {
    this.snapshots = snapshots;
    this.executor = executor;
  }

  static RunningCompaction onAThread(Snapshots snapshots) {
    return new RunningCompaction(
        snapshots,
        Executors.newSingleThreadExecutor(
            work -> {
              Thread merging = new Thread(work, "ledger compaction");
              merging.setDaemon(true);
              return merging;
            }));
  }

  /** Merges before {@link #rolledTo} returns, so that everything happens in one order. */
  static RunningCompaction onItsCallers(Snapshots snapshots) {
    return new RunningCompaction(snapshots, Runnable::run);
  }

  /** To be told of each new segment; does nothing while it is still at work on an earlier one. */
  void rolledTo(long current) {
    if (busy.compareAndSet(false, true)) {
      executor.execute(() -> merge(current));
    }
  }

  private void merge(long current) {
    try {
      snapshots.mergeBelow(current);
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.warn(
            "event=ledger.not-compacted reason=\"{}\" next=\"after a later segment\"",
            e.toString());
      }
    } finally {
      busy.set(false);
    }
  }

  /**
   * Neither waits nor interrupts, since the connection is shared with the stream: what is under way
   * may still become a snapshot, or a leftover that the next owner removes.
   */
  @Override
  public void close() {
    closed = true;
    if (executor instanceof ExecutorService thread) {
      thread.shutdown();
    }
  }
}
