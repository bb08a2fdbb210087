package io.savepointd.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger of its owner. One thread writes, so that no caller's interrupt or impatience ever
 * touches the stream; it also gives the signs of life, and notices by them when the stream is lost.
 * A test may write on the callers' own thread instead, so that everything happens in one order.
 */
final class SegmentedLedger implements Ledger {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedLedger.class);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

  private final LedgerContext context;
  private final SegmentStream stream;
  private final CommitQueue queue;
  private final RunningCompaction compaction;
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Optional<Thread> writer;
  private volatile History history;

  private SegmentedLedger(
      LedgerContext context,
      SegmentStream stream,
      History history,
      Consumer<LedgerLost> onLost,
      boolean threaded) {
    this.context = context;
    this.stream = stream;
    this.history = history;
    this.queue = new CommitQueue(onLost);
    this.compaction =
        threaded
            ? RunningCompaction.onAThread(new Snapshots(context))
            : RunningCompaction.onItsCallers(new Snapshots(context));
    this.writer = threaded ? Optional.of(new Thread(this::write, "ledger")) : Optional.empty();
    this.writer.ifPresent(thread -> thread.setDaemon(true));
  }

  /** Goes on from {@code history} on a stream that was just claimed. */
  static SegmentedLedger start(
      LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost) {
    SegmentedLedger ledger = new SegmentedLedger(context, stream, history, onLost, true);
    ledger.writer.ifPresent(Thread::start);
    return ledger;
  }

  /** Without a thread: {@link #turn} writes, which appending and closing call by themselves. */
  static SegmentedLedger unthreaded(
      LedgerContext context, SegmentStream stream, History history, Consumer<LedgerLost> onLost) {
    return new SegmentedLedger(context, stream, history, onLost, false);
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
    makeDurable(events);
  }

  @Override
  public void prove() throws LedgerLost {
    makeDurable(List.of(new Event.Heartbeat(context.clock().instant())));
  }

  private void makeDurable(List<? extends Event> events) throws LedgerLost {
    long put = queue.put(events);
    turnUnthreaded();
    queue.await(put);
  }

  @Override
  public boolean held() {
    return queue.held();
  }

  @Override
  public void close() {
    queue.end();
    turnUnthreaded();
    try {
      if (!finished.await(CLOSE_DEADLINE.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.info(
            "event=ledger.close-overdue waited_s={} next=\"left to the next owner to fence\"",
            CLOSE_DEADLINE.toSeconds());
        writer.ifPresent(Thread::interrupt);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    boolean more = true;
    while (more) {
      more = turn(context.settings().heartbeat());
    }
  }

  private void turnUnthreaded() {
    if (writer.isEmpty() && finished.getCount() > 0) {
      turn(Duration.ZERO);
    }
  }

  /**
   * The next piece of work: what was put, else a sign of life if nothing is for so long. False once
   * there will be no more.
   */
  boolean turn(Duration patience) {
    boolean more = false;
    try {
      more = carryOut(queue.take(patience));
      if (!more && !queue.lost()) {
        stream.close();
        return false;
      }
    } catch (InterruptedException e) {
      more = false;
      lose(e);
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      more = false;
      lose(e);
    } finally {
      if (!more) {
        compaction.close();
        context.store().unlock();
        finished.countDown();
      }
    }
    if (!more) {
      stream.abandon();
    }
    return more;
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

  private void settle(List<Event> events) {
    History next = history;
    for (Event event : events) {
      next = next.apply(event);
    }
    history = next;
    queue.settle(events.size());
  }

  private void lose(Throwable cause) {
    queue.lose(new LedgerLost("the ledger's stream is lost: " + cause.getMessage(), cause));
  }
}
