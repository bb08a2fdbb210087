package io.savepointd.acceptance.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.savepointd.acceptance.world.Sequence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Daemon, JobManager, TaskManager, NameNode and DataNode are killed at random moments, while
 * savepoints, prunes and restores run; afterwards nothing is lost, doubled or left over.
 *
 * <p>{@code -Dchaos.minutes=30} makes it longer; {@code -Dchaos.seed=N} kills in that seed's order
 * and with its delays again.
 */
class ChaosIT {

  private static final int RATE = 300;
  private static final int LAST_SECONDS = 15;

  /** For what is before and after the chaos; each wait in it has a shorter deadline of its own. */
  private static final Duration BEFORE_AND_AFTER = Duration.ofMinutes(12);

  private final long seed = Long.getLong("chaos.seed", new Random().nextInt(1_000_000));
  private final String minutes = System.getProperty("chaos.minutes", "2");
  private final Duration length = Duration.ofSeconds((long) (60 * Double.parseDouble(minutes)));

  /** More than the source can give before the chaos is over. */
  private final Sequence sequence = new Sequence(RATE * (length.toSeconds() + 600), 7);

  @Test
  void nothingIsLostAndNothingTwiceWhateverIsKilled() {
    assertTimeoutPreemptively(length.plus(BEFORE_AND_AFTER), this::killAndLook);
  }

  private void killAndLook() throws IOException {
    System.out.println("chaos: -Dchaos.seed=" + seed + " -Dchaos.minutes=" + minutes);
    try (ChaosWorld world = ChaosWorld.start(sequence, RATE)) {
      List<Outage> plan = OutagePlan.of(seed, ChaosWorld.VICTIMS, length);
      Chaos chaos = new Chaos(world.victims(), plan);
      Operator operator = Operator.at(world.savepointd(), seed);
      try (RunWatch watch = RunWatch.of(world.runs());
          chaos;
          operator) {
        chaos.run();
        operator.close();
        world.awaitQuiet();
        assertThat(world.aftermath().unattributed()).as("nobody's directories").isEmpty();
        world.restartDaemonWithoutSchedule((int) (sequence.count() / LAST_SECONDS));

        assertThat(chaos.endedByThemselves()).isEmpty();
        assertThat(operator.wrong()).isEmpty();
        int retained = nothingIsMissingOrLeftOver(world.aftermath());
        world.awaitTidiness();
        everyAverageIsRight(world);

        assertThat(watch.twins()).isEmpty();
        everyRunIsOnTheLedger(world, watch.seen());
        System.out.printf(
            "chaos: %d kills, %d commands, %d runs, %d savepoints of which %d are kept%n",
            plan.size(),
            operator.story().size(),
            watch.seen().size(),
            world.savepointd().everSaved().count(),
            retained);
      } catch (IOException | RuntimeException | Error e) {
        System.out.println(
            "chaos: failed with -Dchaos.seed=%d: %s\n%s"
                .formatted(seed, e.getMessage(), world.story(plan, operator.story())));
        throw e;
      }
    }
  }

  /** Returns how many savepoints are retained. */
  private static int nothingIsMissingOrLeftOver(Aftermath after) throws IOException {
    Set<String> retained = after.retained();
    assertThat(retained).isNotEmpty();
    assertThat(after.quarantined()).as("found damaged").isEmpty();
    assertThat(after.notRestorable()).as("retained, but missing or damaged").isEmpty();
    assertThat(after.directories()).as("the job's directories").containsAll(retained);
    return retained.size();
  }

  private void everyAverageIsRight(ChaosWorld world) throws IOException {
    String newest = world.savepointd().retained().findFirst().orElseThrow().path("path").asString();
    world.savepointd().succeed("restore-latest", "--replace");
    assertThat(world.runs().rest().restoredFrom(world.runs().awaitRunning())).contains(newest);
    world.savepointd().succeed("upgrade", "chaotic");
    world.awaitEnded();
    assertThat(Sequence.results(world.hdfs(), world.results())).isEqualTo(sequence.averages());
  }

  private static void everyRunIsOnTheLedger(ChaosWorld world, Set<String> seen) throws IOException {
    List<JsonNode> runs = world.savepointd().lineage().toList();
    assertThat(runs).extracting(run -> run.path("run").asString()).doesNotHaveDuplicates();
    assertThat(runs).extracting(run -> run.path("run").asString()).containsAll(seen);
    assertThat(runs).as("runs without an end").allMatch(run -> run.path("endedAt").isString());
  }
}
