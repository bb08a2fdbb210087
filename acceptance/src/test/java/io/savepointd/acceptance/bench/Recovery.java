package io.savepointd.acceptance.bench;

import io.savepointd.acceptance.world.FlinkRest.Run;
import io.savepointd.acceptance.world.Runs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** How long a job is without a run whose tasks all run, by its cluster's live overview. */
public record Recovery(Runs runs) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  /**
   * Cancels the run and waits for another. Counted from the last look at which it was still alive,
   * so that no part of being dead is left out.
   */
  public Duration afterDeathOf(String run) throws IOException {
    runs.rest().cancel(run);
    AtomicLong lastAlive = new AtomicLong(System.nanoTime());
    AtomicLong back = new AtomicLong();
    Awaitility.await("another run named " + runs.name())
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .until(
            () -> {
              long asked = System.nanoTime();
              List<Run> alive = runs.alive();
              if (alive.stream().anyMatch(each -> each.id().equals(run))) {
                lastAlive.set(asked);
                return false;
              }
              back.set(System.nanoTime());
              return alive.stream().anyMatch(Run::isFullyRunning);
            });
    return Duration.ofNanos(back.get() - lastAlive.get());
  }
}
