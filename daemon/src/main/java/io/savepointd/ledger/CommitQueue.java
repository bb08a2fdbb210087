package io.savepointd.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Where appends of the same moment come together: many threads put events and wait, one thread
 * takes all that are there, makes them durable with one sync and lets their callers go.
 */
final class CommitQueue {
  /** Far beyond what HDFS takes to mend a pipeline; a sync longer than this is a lost stream. */
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition settled = lock.newCondition();
  private final Consumer<LedgerLost> onLost;

  private List<Event> waiting = new ArrayList<>();
  private long put;
  private long durable;
  private boolean closing;
  private Optional<LedgerLost> lost = Optional.empty();

  /**
   * Tells {@code onLost} once, on the thread that notices, if the stream is lost before closing.
   */
  CommitQueue(Consumer<LedgerLost> onLost) {
    this.onLost = onLost;
  }

  /** What the writing thread is to do next. */
  sealed interface Next {
    /** Make these durable. */
    record Write(List<Event> events) implements Next {}

    /** Nothing was to be written for so long: give a sign of life. */
    record Beat() implements Next {}

    /** Nothing will be put any more. */
    record End() implements Next {}
  }

  boolean held() {
    lock.lock();
    try {
      return lost.isEmpty() && !closing;
    } finally {
      lock.unlock();
    }
  }

  /** Puts events in; what is returned is to be waited for. */
  long put(List<? extends Event> events) throws LedgerLost {
    lock.lock();
    try {
      refuseUnlessHeld();
      waiting.addAll(events);
      put += events.size();
      work.signal();
      return put;
    } finally {
      lock.unlock();
    }
  }

  /** Returns once what {@link #put} took is durable. An interrupt doesn't cut the wait short. */
  void await(long mine) throws LedgerLost {
    boolean interrupted = false;
    boolean overdue = false;
    lock.lock();
    try {
      long left = DEADLINE.toNanos();
      while (durable < mine && lost.isEmpty() && left > 0) {
        try {
          left = settled.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (durable >= mine) {
        return;
      }
      overdue = lost.isEmpty();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    if (overdue) {
      lose(
          new LedgerLost(
              "the ledger's stream has not answered for " + DEADLINE.toSeconds() + " s", null));
    }
    throw why();
  }

  /** Waits for work, but no longer than {@code patience}. */
  Next take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (waiting.isEmpty() && !closing && lost.isEmpty() && left > 0) {
        left = work.awaitNanos(left);
      }
      if (lost.isPresent()) {
        return new Next.End();
      }
      if (!waiting.isEmpty()) {
        List<Event> events = waiting;
        waiting = new ArrayList<>();
        return new Next.Write(events);
      }
      return closing ? new Next.End() : new Next.Beat();
    } finally {
      lock.unlock();
    }
  }

  /** The next {@code count} events are durable. */
  void settle(int count) {
    lock.lock();
    try {
      durable += count;
      settled.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing passes any more; everyone who waits is told. */
  void lose(LedgerLost reason) {
    boolean first;
    lock.lock();
    try {
      first = lost.isEmpty();
      if (first) {
        lost = Optional.of(reason);
      }
      first &= !closing;
      settled.signalAll();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    if (first) {
      onLost.accept(reason);
    }
  }

  boolean lost() {
    lock.lock();
    try {
      return lost.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is waiting is still written. */
  void end() {
    lock.lock();
    try {
      closing = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void refuseUnlessHeld() throws LedgerLost {
    if (lost.isPresent()) {
      throw again(lost.get());
    }
    if (closing) {
      throw new LedgerLost("the ledger was closed", null);
    }
  }

  private LedgerLost why() {
    lock.lock();
    try {
      return again(lost.orElseThrow());
    } finally {
      lock.unlock();
    }
  }

  private static LedgerLost again(LedgerLost first) {
    return new LedgerLost(first.getMessage(), first);
  }
}
