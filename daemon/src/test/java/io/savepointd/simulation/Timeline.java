package io.savepointd.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The true time, which jumps from one planned event to the next. */
final class Timeline {
  private final PriorityQueue<Planned> plan =
      new PriorityQueue<>(Comparator.comparingLong(Planned::at).thenComparingLong(Planned::order));
  private long now;
  private long order;

  private record Planned(long at, long order, Runnable what) {}

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  /** Lets {@code what} happen after {@code delay}. */
  void in(Duration delay, Runnable what) {
    plan.add(new Planned(now + Math.max(0, delay.toNanos()), order++, what));
  }

  /** How many events have been planned so far. */
  long events() {
    return order;
  }

  /** Lets so much time pass, with all that is planned in it; may be called by an event itself. */
  void pass(Duration time) {
    long until = now + time.toNanos();
    while (!plan.isEmpty() && plan.peek().at() <= until) {
      Planned next = plan.poll();
      now = Math.max(now, next.at());
      next.what().run();
    }
    now = Math.max(now, until);
  }
}
