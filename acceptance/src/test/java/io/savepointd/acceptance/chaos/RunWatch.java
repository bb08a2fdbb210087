package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.FlinkRest;
import io.savepointd.acceptance.world.Runs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at a cluster all the time, on a thread of its own: never may two runs of the job be alive
 * at once.
 */
public final class RunWatch implements AutoCloseable {

  private static final long EVERY_MILLIS = 50;

  private final Runs runs;
  private final List<String> twins = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
  private final AtomicInteger looks = new AtomicInteger();
  private final ScheduledExecutorService eye =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "run-watch"));

  private RunWatch(Runs runs) {
    this.runs = runs;
  }

  /** Looks from now on. */
  public static RunWatch of(Runs runs) {
    RunWatch watch = new RunWatch(runs);
    // look() never throws, so that it goes on until closed.
    ScheduledFuture<?> unused =
        watch.eye.scheduleWithFixedDelay(watch::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    List<FlinkRest.Run> alive;
    try {
      alive = runs.alive();
    } catch (IOException | RuntimeException e) {
      return; // the cluster is down, or died with half an answer: nothing to be seen
    }
    looks.incrementAndGet();
    alive.forEach(run -> seen.add(run.id()));
    if (alive.size() > 1) {
      twins.add(alive.toString());
    }
  }

  /** Must be empty: every look that saw more than one run alive. */
  public List<String> twins() {
    return List.copyOf(twins);
  }

  /** The id of every run that was ever seen alive. */
  public Set<String> seen() {
    return Set.copyOf(seen);
  }

  /** How often the cluster has answered. */
  public int looks() {
    return looks.get();
  }

  @Override
  public void close() {
    eye.shutdownNow();
  }
}
