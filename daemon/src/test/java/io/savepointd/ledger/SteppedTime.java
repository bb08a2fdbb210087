package io.savepointd.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes only where somebody waits, and with it what was planned to happen. */
final class SteppedTime implements MonotonicTime {
  private final List<Planned> plan = new ArrayList<>();
  private long now;

  private record Planned(long at, Runnable what) {}

  /** Lets {@code what} happen once somebody has waited for that long from now. */
  synchronized void after(Duration delay, Runnable what) {
    plan.add(new Planned(now + delay.toNanos(), what));
    plan.sort(Comparator.comparingLong(Planned::at));
  }

  synchronized Duration passed() {
    return Duration.ofNanos(now);
  }

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public void pause(Duration duration) {
    List<Runnable> due = new ArrayList<>();
    synchronized (this) {
      now += duration.toNanos();
      while (!plan.isEmpty() && plan.get(0).at() <= now) {
        due.add(plan.remove(0).what());
      }
    }
    due.forEach(Runnable::run);
  }
}
