package io.savepointd.acceptance.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.ManagedProcess;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two daemons on one ledger: one acts, the other stands by until the first is dead or has long been
 * silent. At no time are there two runs.
 */
@ExtendWith(SharedWorld.class)
@Timeout(value = 300, unit = SECONDS)
class TwoDaemonsIT {

  private final World world;

  TwoDaemonsIT(World world) {
    this.world = world;
  }

  @Test
  void theSecondTakesOverFromAKilledAndFromAHangingFirst() throws IOException {
    try (Pair pair = Pair.start(world, getClass(), "watched-over");
        RunWatch watch = RunWatch.of(pair.runs())) {
      Installed one = pair.one();
      Installed other = pair.other();
      assertThat(other.status().path("detail").asString())
          .contains("the ledger is held by process " + one.daemon().pid());

      takesOverFromTheDead(pair, one, other);
      one.launchDaemon();
      one.awaitDaemon("standby", Pair.SLACK);
      takesOverFromTheHanging(pair, other, one);

      assertThat(watch.twins()).isEmpty();
      assertThat(watch.looks()).isPositive();
      assertThat(one.lineage())
          .filteredOn(run -> !run.path("endedAt").isString())
          .singleElement()
          .satisfies(run -> assertThat(run.path("run").asString()).isEqualTo(pair.onlyRun()));
    }
  }

  /** Its run dies with it: only another daemon brings that back. */
  private static void takesOverFromTheDead(Pair pair, Installed first, Installed second)
      throws IOException {
    String run = pair.onlyRun();
    long from = System.nanoTime();
    first.daemon().kill();
    pair.runs().kill(run);
    second.awaitDaemon("active", Pair.SLACK);
    Pair.print("a killed daemon's ledger was taken over", from);
    pair.runs().awaitRunningOtherThan(run);
    Pair.print("and its run was back", from);
    pair.awaitSavepoint(second);
  }

  private static void takesOverFromTheHanging(Pair pair, Installed first, Installed second)
      throws IOException {
    String run = pair.onlyRun();
    ManagedProcess hanging = first.daemon();
    long lines = first.log().size();
    long from = System.nanoTime();
    hanging.pause();
    // The first thing the hanging one would do once it is awake is to bring this run back.
    pair.runs().kill(run);
    second.awaitDaemon("active", Pair.SILENCE.plus(Pair.SLACK));
    Duration took = Pair.print("a hanging daemon's ledger was taken over", from);
    assertThat(took).as("no sooner than its silence may be believed").isGreaterThan(Pair.SILENCE);
    String next = pair.runs().awaitRunningOtherThan(run);
    Pair.print("and its run was back", from);

    hanging.resume();
    first.awaitDaemon("standby", Pair.SLACK);
    assertThat(first.log().stream().skip(lines))
        .anyMatch(line -> line.contains("event=ledger.lost"))
        .noneMatch(line -> line.contains("event=run.submit"));
    assertThat(first.status().path("detail").asString())
        .contains("the ledger is held by process " + second.daemon().pid());
    assertThat(pair.onlyRun()).isEqualTo(next);
    pair.awaitSavepoint(second);
  }
}
