package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The daemon dies at every append of a long story, before or after it has become durable, and
 * another one goes on from the same ledger: no rule is broken, and all ends well.
 */
class CrashTest {
  private static final Duration A_WHILE = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofMinutes(4);

  /** What happens to the job, each followed by a while. */
  private static final List<Consumer<KeeperWorld>> STORY =
      List.of(
          w -> {},
          w -> w.whenTheScheduleFires("frequent"),
          w -> w.whenTheScheduleFires("frequent"),
          w -> w.whenTheScheduleFires("daily"),
          w -> w.alive().forEach(r -> w.cluster.kill(r.id(), RunState.FAILED)),
          w -> w.whenTheScheduleFires("frequent"),
          w -> w.whenAsked(new Demand.Start(new Demand.From.Latest(), true)),
          w -> w.cluster.faults().loseAnswerOfNextTrigger(true),
          w -> w.whenTheScheduleFires("frequent"),
          w -> w.cluster.faults().loseAnswerOfNextSubmit(true),
          w -> w.alive().forEach(r -> w.cluster.kill(r.id(), RunState.CANCELED)),
          w -> w.whenTheScheduleFires("daily"));

  static Stream<Arguments> everyAppend() {
    int appends = appendsOfTheStory();
    assertThat(appends).isGreaterThan(20);
    return IntStream.range(0, appends)
        .boxed()
        .flatMap(n -> Stream.of(Arguments.of(n, true), Arguments.of(n, false)));
  }

  private static int appendsOfTheStory() {
    KeeperWorld undisturbed = new KeeperWorld();
    STORY.forEach(part -> tell(undisturbed, part));
    undisturbed.whenTimePasses(LONG);
    thenAllIsWell(undisturbed);
    assertThat(undisturbed.history().runs()).hasSize(4);
    assertThat(undisturbed.history().savepoints()).hasSize(6);
    return undisturbed.medium.events().size();
  }

  @ParameterizedTest(name = "at append {0}, durable: {1}")
  @MethodSource("everyAppend")
  void carriesOnAfterACrash(int append, boolean durable) {
    KeeperWorld world = new KeeperWorld();
    world.ledger().dieAfter(append, durable);
    STORY.forEach(part -> tell(world, part));
    world.whenTimePasses(LONG);
    thenAllIsWell(world);
  }

  /** A demand that died with the daemon is asked for again only by the next part of the story. */
  private static void tell(KeeperWorld world, Consumer<KeeperWorld> part) {
    part.accept(world);
    try {
      world.steps(A_WHILE);
    } catch (LedgerLost e) {
      int effects = world.effects.done().size();
      world.theDaemonIsStartedAnew();
      assertThat(world.effects.done()).hasSize(effects);
      world.whenTimePasses(A_WHILE);
    }
  }

  private static void thenAllIsWell(KeeperWorld world) {
    world.thenTheJobRuns();
    world.thenNoRuleWasBroken();
    world.thenNothingIsLeftOpen();
    assertThat(world.retained()).hasSizeBetween(1, 2);
    assertThat(directoriesOnStorage(world))
        .isEqualTo(world.retained().stream().map(Savepoint::path).sorted().toList());
    assertThat(world.history().runs().stream().filter(r -> r.open())).hasSize(1);
    assertThat(world.runsSubmitted()).isEqualTo(world.history().runs().size());
  }

  private static List<String> directoriesOnStorage(KeeperWorld world) {
    return world.store.entries().keySet().stream()
        .filter(path -> path.endsWith("/_metadata"))
        .map(path -> path.replace("/_metadata", ""))
        .sorted()
        .toList();
  }
}
