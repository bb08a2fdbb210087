package io.savepointd.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of its owner. One thread writes, so that no caller's interrupt or impatience ever
 * touches the stream; it also gives the signs of life, and notices by them when the stream is lost.
 */
final class SegmentedLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedLedger.class);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

  private final LedgerContext context;
  private final SegmentStream stream;
  private final CommitQueue queue;
  private final RunningCompaction compaction;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread writer;
  private volatile History history;

  private SegmentedLedger(
      LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost) {
    this.context = context;
    this.stream = stream;
    this.history = history;
    this.queue = new CommitQueue(onLost);
    this.compaction = new RunningCompaction(new Snapshots(context));
    this.writer = new Thread(this::write, "ledger");
    this.writer.setDaemon(true);
  }

  /** Goes on from {@code history} on a stream that was just claimed. */
  static SegmentedLedger start(
      LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost) {
    SegmentedLedger ledger = new SegmentedLedger(context, stream, history, onLost);
    ledger.writer.start();
    return ledger;
  }

  @Override
  public History history() {
    return history;
  }

  /** The number of the segment written to, now or last. */
  long segment() {
    return stream.number();
  }

  @Override
  public void append(List<Event.OfJob> events) throws LedgerLost {
    queue.put(events);
  }

  @Override
  public boolean held() {
    return queue.held();
  }

  @Override
  public void close() {
    queue.end();
    try {
      if (!finished.await(CLOSE_DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.warn(
            "event=ledger.close-overdue waited_s={} next=\"left to the next owner to fence\"",
            CLOSE_DEADLINE.toSeconds());
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    try {
      boolean more = true;
      while (more) {
        more = carryOut(queue.take(context.settings().heartbeat()));
      }
      if (!queue.lost()) {
        stream.close();
        return;
      }
    } catch (InterruptedException e) {
      lose(e);
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      lose(e);
    } finally {
      compaction.close();
      context.store().unlock();
      finished.countDown();
    }
    stream.abandon();
  }

  private boolean carryOut(CommitQueue.Next next) throws IOException {
    if (next instanceof CommitQueue.Next.Write write) {
      put(write.events());
      if (queue.lost()) {
        return false; // Its callers gave up on it in the meantime and were told so.
      }
      settle(write.events());
      return true;
    }
    if (next instanceof CommitQueue.Next.Beat) {
      put(List.of(new Event.Heartbeat(context.clock().instant())));
      return true;
    }
    return false;
  }

  private void put(List<? extends Event> events) throws IOException {
    long before = stream.number();
    stream.write(events);
    if (stream.number() != before) {
      compaction.rolledTo(stream.number());
    }
  }

  private void settle(List<Event.OfJob> events) {
    History next = history;
    for (Event.OfJob event : events) {
      next = next.apply(event);
    }
    history = next;
    queue.settle(events.size());
  }

  private void lose(Throwable cause) {
    queue.lose(new LedgerLost("the ledger's stream is lost: " + cause.getMessage(), cause));
  }
}
