package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.flink.RunSeen;
import io.savepointd.ledger.LedgerLost;
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
 * The daemon dies at every append of a move that is made and of one that is undone, before or after
 * it has become durable, also where the answer of the submission there is lost: the next one goes
 * on, or back, from the ledger alone, and the clusters together never have two runs.
 */
class MoveCrashTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  enum Story {
    MADE,
    ANSWER_LOST,
    REFUSED,
    DIES
  }

  static Stream<Arguments> everyAppend() {
    return Stream.of(Story.values())
        .flatMap(
            story -> {
              KeeperWorld undisturbed = world(story);
              tell(undisturbed, story);
              undisturbed.whenTimePasses(LONG);
              assertThat(undisturbed.history().orders().upgrade()).isEmpty();
              thenAllIsWell(undisturbed, made(story) ? undisturbed.other : undisturbed.cluster);
              int appends = undisturbed.medium.events().size();
              assertThat(appends).isGreaterThan(9);
              return IntStream.range(0, appends)
                  .boxed()
                  .flatMap(
                      n -> Stream.of(Arguments.of(n, true, story), Arguments.of(n, false, story)));
            });
  }

  private static boolean made(Story story) {
    return story == Story.MADE || story == Story.ANSWER_LOST;
  }

  private static KeeperWorld world(Story story) {
    KeeperWorld world = new KeeperWorld();
    if (story == Story.REFUSED) {
      world.other.faults().refuseJar("0".repeat(64), "Unrecognized checkpoint version number: 6");
    } else if (story == Story.ANSWER_LOST) {
      world.other.faults().loseAnswerOfNextSubmit(true);
    }
    return world;
  }

  @ParameterizedTest(name = "at append {0}, durable: {1}, {2}")
  @MethodSource("everyAppend")
  void goesOnOrBackAfterACrash(int append, boolean durable, Story story) {
    KeeperWorld world = world(story);
    world.ledger().dieAfter(append, durable);
    boolean begun = tell(world, story);
    world.whenTimePasses(LONG);
    assertThat(world.history().orders().upgrade()).isEmpty();
    boolean there = world.history().orders().lastUpgrade().filter(u -> u.applied()).isPresent();
    if (story != Story.DIES) { // where it may have proved itself before
      assertThat(there).isEqualTo(begun && made(story));
    }
    FakeFlinkCluster where = there ? world.other : world.cluster;
    thenAllIsWell(world, where);
    // Where it was running it comes back, whatever the configuration says.
    world.alive().forEach(run -> where.kill(run.id(), RunState.FAILED));
    world.whenTimePasses(LONG);
    thenAllIsWell(world, where);
  }

  /** Whether the move has come onto the ledger. */
  private static boolean tell(KeeperWorld world, Story story) {
    List<Consumer<KeeperWorld>> parts =
        List.of(
            w -> {},
            w -> w.whenTheScheduleFires("frequent"),
            w -> w.whenAsked(new Demand.Move(KeeperWorld.OTHER, false)),
            w -> killThere(w, story));
    for (Consumer<KeeperWorld> part : parts) {
      try {
        part.accept(world);
        world.steps(patience(story));
      } catch (LedgerLost | IllegalStateException e) {
        int effects = world.effects.done().size();
        world.theDaemonIsStartedAnew();
        assertThat(world.effects.done()).hasSize(effects);
        world.whenTimePasses(patience(story));
      }
    }
    return world.history().orders().lastUpgrade().isPresent()
        || world.history().orders().upgrade().isPresent();
  }

  /** A run that is to die there must not have proved itself. */
  private static Duration patience(Story story) {
    return Duration.ofSeconds(story == Story.DIES ? 12 : 25);
  }

  private static void killThere(KeeperWorld world, Story story) {
    if (story == Story.DIES) {
      world.other.alive().forEach(run -> world.other.kill(run.id(), RunState.FAILED));
    }
  }

  private static void thenAllIsWell(KeeperWorld world, FakeFlinkCluster where) {
    world.thenTheJobRuns();
    world.thenNoRuleWasBroken();
    assertThat(where.alive()).extracting(RunSeen::id).containsExactly(world.runId());
    assertThat(world.lastRun().cluster()).isEqualTo(where.name());
    assertThat(world.history().runs().stream().filter(r -> r.open())).hasSize(1);
  }
}
