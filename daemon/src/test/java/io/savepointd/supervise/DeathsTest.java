package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.JobHistory;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a job that only dies is held, and what lifts that. */
class DeathsTest {
  private static final SupervisionSettings.CrashLoop THREE_IN_A_MINUTE =
      new SupervisionSettings.CrashLoop(3, Duration.ofMinutes(1));

  private static Optional<String> reason(Histories histories, long second) {
    JobHistory history = histories.done();
    return Deaths.holdReason(history, THREE_IN_A_MINUTE, Histories.at(second));
  }

  private static Histories died(RunEnd end, String reason, long... seconds) {
    Histories histories = new Histories();
    for (int i = 0; i < seconds.length; i++) {
      histories.running(i + 1, seconds[i]).ended(i + 1, end, seconds[i], reason);
    }
    return histories;
  }

  @Test
  void holdsAfterSoManyDeathsWithinSuchATime() {
    assertThat(reason(died(RunEnd.FAILED, "npe", 0, 10), 20)).isEmpty();
    assertThat(reason(died(RunEnd.FAILED, "npe", 0, 10, 20), 20).orElseThrow())
        .contains("died 3 times within 1m")
        .contains("npe");
  }

  @Test
  void forgetsDeathsThatAreLongAgo() {
    Histories deaths = died(RunEnd.FAILED, "npe", 0, 10, 20);
    assertThat(reason(deaths, 59)).isPresent();
    assertThat(reason(deaths, 60)).isEmpty();
  }

  @Test
  void countsStartsThatTheClusterRefused() {
    Histories refused = new Histories();
    for (int i = 1; i <= 3; i++) {
      refused.intended(i, i).notStarted(i, i);
    }
    assertThat(reason(refused, 10)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELED", "FINISHED", "GONE"})
  void countsNoEndThatIsNotTheJobsFault(RunEnd end) {
    assertThat(reason(died(end, "", 0, 1, 2, 3), 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NoResourceAvailableException: 2 slots", "SafeModeException: wait"})
  void countsNoDeathForWantOfSlotsOrStorage(String reason) {
    assertThat(reason(died(RunEnd.FAILED, reason, 0, 1, 2, 3), 4)).isEmpty();
  }

  @Test
  void holdsAtOnceWhenTheProgramCannotTakeOverItsState() {
    String words = "Cannot map checkpoint/savepoint state for operator abc to the new program";
    assertThat(reason(died(RunEnd.FAILED, words, 0), 1).orElseThrow())
        .contains("operator abc of the program can't take over its state")
        .contains(words);
    assertThat(reason(died(RunEnd.FAILED, "StateMigrationException", 0), 1).orElseThrow())
        .startsWith("the program can't take over its state");
  }

  @Test
  void forgivesWhatHappenedBeforeARelease() {
    assertThat(reason(died(RunEnd.FAILED, "npe", 0, 1, 2).released(3), 4)).isEmpty();
    assertThat(reason(died(RunEnd.FAILED, "StateMigrationException", 0).released(3), 4)).isEmpty();
    Histories again = died(RunEnd.FAILED, "npe", 0, 1, 2).released(3);
    again.running(9, 5).ended(9, RunEnd.FAILED, 5, "npe");
    assertThat(reason(again, 6)).isEmpty();
  }

  @Test
  void judgesNobodyWhileARunIsOpen() {
    assertThat(reason(new Histories().running(1, 0), 1)).isEmpty();
  }

  // in the world

  private final KeeperWorld world = new KeeperWorld(KeeperWorld.settings(3, 0));

  private void givenItIsHeld() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    for (int i = 0; i < 3; i++) {
      world.cluster.kill(world.runId(), RunState.FAILED);
      world.whenTimePasses(Duration.ofSeconds(70));
    }
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.runsSubmitted()).isEqualTo(3);
  }

  @Test
  void triesACommandThatCannotBeRunLessAndLessOftenAndForEver() {
    world
        .cluster
        .faults()
        .sendNothing(Optional.of("`flink run` can't be started on this machine: no java"));
    world.whenTimePasses(Duration.ofHours(2));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.BACKOFF);
    assertThat(world.status().detail()).contains("nothing was sent (`flink run`", "no java");
    assertThat(world.history().runs()).hasSizeBetween(5, 200);

    world.cluster.faults().sendNothing(Optional.empty());
    world.whenTimePasses(Duration.ofHours(1));
    world.thenTheJobRuns();
  }

  @Test
  void staysHeldThroughARestartOfTheDaemonUntilReleased() {
    givenItIsHeld();
    world.theDaemonIsStartedAnew();
    world.whenTimePasses(Duration.ofHours(2));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail())
        .contains("died 3 times")
        .contains("savepointd release averaging");
    assertThat(world.runsSubmitted()).isEqualTo(3);
    assertThat(world.asking(new Demand.Release()).join()).isInstanceOf(Answer.Done.class);
    world.whenTimePasses(Duration.ofSeconds(1));
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
    world.thenNoRuleWasBroken();
  }

  @Test
  void isReleasedByAStart() {
    givenItIsHeld();
    CompletableFuture<Answer> answer =
        world.asking(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(1));
    world.thenTheJobRuns();
  }

  @Test
  void refusesToReleaseWhatIsNotHeld() {
    world.givenTheJobRuns();
    assertThat(world.asking(new Demand.Release()).join()).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void canBeStoppedWhileItIsHeld() {
    givenItIsHeld();
    CompletableFuture<Answer> answer = world.asking(new Demand.Stop());
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STOPPED);
  }
}
