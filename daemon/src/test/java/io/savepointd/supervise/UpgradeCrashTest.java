package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.Submission;
import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Launch;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The daemon dies at every append of an upgrade that is made and of one that is undone, before or
 * after it has become durable: the next one goes on, or back, from the ledger alone.
 */
class UpgradeCrashTest {
  private static final String OLD = "0".repeat(64);
  private static final String NEW = "a".repeat(64);
  private static final Duration LONG = Duration.ofMinutes(1);

  static Stream<Arguments> everyAppend() {
    return Stream.of(true, false)
        .flatMap(
            undone -> {
              KeeperWorld undisturbed = world(undone);
              tell(undisturbed);
              undisturbed.whenTimePasses(LONG);
              assertThat(undisturbed.history().orders().upgrade()).isEmpty();
              thenAllIsWell(undisturbed, undone ? OLD : NEW);
              int appends = undisturbed.medium.events().size();
              assertThat(appends).isGreaterThan(9);
              return IntStream.range(0, appends)
                  .boxed()
                  .flatMap(
                      n ->
                          Stream.of(Arguments.of(n, true, undone), Arguments.of(n, false, undone)));
            });
  }

  private static KeeperWorld world(boolean undone) {
    KeeperWorld world = new KeeperWorld();
    if (undone) {
      world.cluster.faults().refuseJar(NEW, "no place for state");
    }
    return world;
  }

  @ParameterizedTest(name = "at append {0}, durable: {1}, undone: {2}")
  @MethodSource("everyAppend")
  void goesOnOrBackAfterACrash(int append, boolean durable, boolean undone) {
    KeeperWorld world = world(undone);
    world.ledger().dieAfter(append, durable);
    boolean begun = tell(world);
    world.whenTimePasses(LONG);
    assertThat(world.history().orders().upgrade()).isEmpty();
    thenAllIsWell(world, begun && !undone ? NEW : OLD);
    // What was running is what comes back, whatever the configuration says.
    world.alive().forEach(run -> world.cluster.kill(run.id(), RunState.FAILED));
    world.whenTimePasses(LONG);
    thenAllIsWell(world, begun && !undone ? NEW : OLD);
  }

  /** Whether the upgrade has come onto the ledger. */
  private static boolean tell(KeeperWorld world) {
    List<Consumer<KeeperWorld>> story =
        List.of(
            w -> {},
            w -> w.whenTheScheduleFires("frequent"),
            w -> w.givenTheJarIs('a'),
            w -> w.whenAsked(new Demand.Upgrade(false)));
    for (Consumer<KeeperWorld> part : story) {
      try {
        part.accept(world);
        world.steps(Duration.ofSeconds(25));
      } catch (LedgerLost | IllegalStateException e) {
        int effects = world.effects.done().size();
        world.theDaemonIsStartedAnew();
        assertThat(world.effects.done()).hasSize(effects);
        world.whenTimePasses(Duration.ofSeconds(25));
      }
    }
    return world.history().orders().lastUpgrade().isPresent()
        || world.history().orders().upgrade().isPresent();
  }

  private static void thenAllIsWell(KeeperWorld world, String jarDigest) {
    world.thenTheJobRuns();
    world.thenNoRuleWasBroken();
    assertThat(world.history().runs().stream().filter(r -> r.open())).hasSize(1);
    assertThat(world.lastRun().launch().map(Launch::jarDigest)).contains(jarDigest);
    List<Submission> sent = world.cluster.submissions();
    assertThat(sent.get(sent.size() - 1).jarDigest()).isEqualTo(jarDigest);
  }
}
