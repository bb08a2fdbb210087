package io.savepointd.acceptance.chaos;

import io.savepointd.acceptance.world.ManagedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Carries a plan of outages out, on one thread: SIGKILL, and later the next life. A process that is
 * found dead by itself when its turn comes is noted, since nothing but a kill may end one.
 */
final class Chaos implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Map<String, Victim> victims;
  private final List<Outage> plan;
  private final List<String> endedByThemselves = Collections.synchronizedList(new ArrayList<>());
  private final ScheduledExecutorService hand =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "chaos"));

  Chaos(List<Victim> victims, List<Outage> plan) {
    this.victims = victims.stream().collect(Collectors.toMap(Victim::name, Function.identity()));
    this.plan = List.copyOf(plan);
  }

  /** Returns when all is done and the last process has been started again. */
  void run() throws IOException {
    List<ScheduledFuture<?>> steps = new ArrayList<>();
    for (Outage outage : plan) {
      Victim victim = victims.get(outage.victim());
      steps.add(at(outage.at(), () -> kill(victim, outage)));
      steps.add(at(outage.end(), victim.launch()));
    }
    for (ScheduledFuture<?> step : steps) {
      await(step);
    }
    victims.values().forEach(victim -> requireAlive(victim, "at the end"));
  }

  private ScheduledFuture<?> at(Duration delay, Victim.Launch step) {
    return hand.schedule(
        () -> {
          step.start();
          return null;
        },
        delay.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private static void await(ScheduledFuture<?> step) throws IOException {
    try {
      step.get(step.getDelay(TimeUnit.MILLISECONDS) + GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the chaos itself failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in the chaos", e);
    }
  }

  private void kill(Victim victim, Outage outage) {
    requireAlive(victim, "before " + outage);
    victim.process().get().kill();
  }

  private void requireAlive(Victim victim, String when) {
    ManagedProcess process = victim.process().get();
    if (!process.isAlive()) {
      endedByThemselves.add(victim.name() + " had ended by itself " + when + ": " + process.tail());
    }
  }

  /** Must be empty: what ended without being killed. */
  List<String> endedByThemselves() {
    return List.copyOf(endedByThemselves);
  }

  @Override
  public void close() throws IOException {
    hand.shutdownNow();
    try {
      if (!hand.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the chaos goes on after " + GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
