package io.savepointd.acceptance.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.acceptance.world.CommandResult;
import io.savepointd.acceptance.world.Installed;
import io.savepointd.acceptance.world.ManagedProcess;
import io.savepointd.acceptance.world.SharedWorld;
import io.savepointd.acceptance.world.World;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person who makes the standby the active one: roles change, the run doesn't notice. */
@ExtendWith(SharedWorld.class)
@Timeout(value = 180, unit = SECONDS)
class PromoteIT {

  /** It looks every second, and has its lanes and its ledger to close. */
  private static final Duration AT_ONCE = Pair.SILENCE.dividedBy(2);

  /** That of reference.conf; the last one may have been that long before the pause. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);

  private final World world;

  PromoteIT(World world) {
    this.world = world;
  }

  @Test
  void theActiveOneHandsOverAtOnceAndAHangingOneAfterItsSilence() throws IOException {
    try (Pair pair = Pair.start(world, getClass(), "handed-over");
        RunWatch watch = RunWatch.of(pair.runs())) {
      String run = pair.onlyRun();

      handsOver(pair, pair.one(), pair.other());
      handsOver(pair, pair.other(), pair.one());
      hangs(pair, pair.one(), pair.other());

      assertThat(pair.onlyRun()).isEqualTo(run);
      assertThat(watch.seen()).containsExactly(run);
      assertThat(watch.twins()).isEmpty();
      assertThat(watch.looks()).isPositive();
    }
  }

  private static void handsOver(Pair pair, Installed active, Installed standby) throws IOException {
    ManagedProcess before = active.daemon();

    CommandResult promoted = standby.succeed("promote");

    assertThat(standby.status().path("daemon").asString()).isEqualTo("active");
    Duration took = seconds(promoted);
    System.out.printf("promote handed the ledger over after %.1f s%n", took.toMillis() / 1e3);
    assertThat(took).isLessThan(AT_ONCE);
    // At first it still says that the ledger is being handed over.
    String holder = "the ledger is held by process " + standby.daemon().pid();
    Awaitility.await(holder)
        .atMost(Pair.SLACK)
        .until(() -> active.status().path("detail").asString().contains(holder));
    active.awaitDaemon("standby", Pair.SLACK);
    assertThat(before.isAlive()).isTrue();
    assertThat(standby.succeed("promote").stdout()).contains("is the active one already");
    pair.awaitNewSavepoint(standby);
  }

  /** It doesn't hear that it is asked, and is replaced as it would have been anyway. */
  private static void hangs(Pair pair, Installed active, Installed standby) throws IOException {
    ManagedProcess hanging = active.daemon();
    long from = System.nanoTime();
    hanging.pause();

    CommandResult promoted = standby.succeed("promote");

    Duration took = Pair.print("promote took a hanging daemon's ledger over", from);
    assertThat(took)
        .as("no sooner than its silence may be believed, counted from its last sign of life")
        .isGreaterThan(Pair.SILENCE.minus(HEARTBEAT));
    assertThat(promoted.stderr())
        .contains("the ledger is held by process " + hanging.pid(), "silent for 10.0 s");
    assertThat(seconds(promoted)).isPositive();
    assertThat(standby.status().path("daemon").asString()).isEqualTo("active");
    hanging.resume();
    active.awaitDaemon("standby", Pair.SLACK);
    pair.awaitNewSavepoint(standby);
  }

  /** What the command says that it took. */
  private static Duration seconds(CommandResult promoted) {
    assertThat(promoted.stdout()).matches("(?s)daemon: active after \\d+\\.\\d+ s; .*");
    String seconds = promoted.stdout().replaceAll("(?s).* after (\\S+) s; .*", "$1");
    return Duration.ofMillis((long) (1000 * Double.parseDouble(seconds)));
  }
}
