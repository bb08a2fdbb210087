package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a job is kept running. */
class JobKeeperTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  @Test
  void startsAnUnknownJobWithoutState() {
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Empty());
    assertThat(world.cluster.submissions()).hasSize(1);
  }

  @Test
  void doesNotStartEmptyBesideAnUnknownDirectory() {
    world.store.makeDirectory(world.store.root() + "/averaging/" + "a".repeat(32));
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("savepointd start averaging --empty");
    assertThat(world.effects.done()).isEmpty();
  }

  @Test
  void doesNotStartWhileTheStorageCannotBeAsked() {
    world.store.unavailable("safe mode");
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.effects.done()).isEmpty();
    world.store.available();
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
  }

  @ParameterizedTest
  @EnumSource(names = {"FAILED", "CANCELED", "FINISHED"})
  void restoresAnEndedRunFromTheNewestSavepoint(RunState end) {
    world.givenTheJobRuns();
    world.givenSavepoints(3);
    world.cluster.kill(world.runId(), end);
    world.whenTimePasses(Duration.ofSeconds(2));
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
    assertThat(world.history().runs()).hasSize(2);
    assertThat(world.history().runs().get(0).phase())
        .isInstanceOfSatisfying(
            Run.Phase.Ended.class, e -> assertThat(e.end().name()).isEqualTo(end.name()));
  }

  @Test
  void restoresAnewWhenAClusterWithoutHaIsRestarted() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.restart(false);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
    assertThat(world.history().runs().get(0).phase())
        .isInstanceOfSatisfying(
            Run.Phase.Ended.class, e -> assertThat(e.end()).isEqualTo(RunEnd.GONE));
  }

  @Test
  void leavesARunAloneThatHaBringsBack() {
    world.givenTheJobRuns();
    RunId run = world.runId();
    world.cluster.restart(true);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.runId()).isEqualTo(run);
  }

  @Test
  void doesNothingWhileTheClusterIsAway() {
    world.givenTheJobRuns();
    world.cluster.faults().unreachable(true);
    world.whenTimePasses(Duration.ofMinutes(5));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.cluster.submissions()).hasSize(1);
    world.cluster.faults().unreachable(false);
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
  }

  @Test
  void doesNotWaitForTheCauseOfAFailure() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.watchedCluster.hidesCauses(true);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.history().runs()).hasSize(2);
  }

  @Test
  void waitsLongerAndLongerForAJobThatKeepsDying() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    for (int death = 0; death < 5; death++) {
      world.cluster.kill(world.runId(), RunState.FAILED);
      world.whenTimePasses(SECOND);
      if (death > 0) {
        assertThat(world.status().state()).isEqualTo(JobStatus.State.BACKOFF);
      }
      world.whenTimePasses(Duration.ofSeconds(70));
      world.thenTheJobRuns();
    }
    assertThat(world.history().runs()).hasSize(6);
  }

  @Test
  void tellsApartTwoLooksFromOne() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.expire(world.runId());
    world.whenTimePasses(Duration.ofMillis(1));
    assertThat(world.history().openRun()).isPresent();
    world.whenTimePasses(Duration.ofSeconds(3));
    world.thenTheJobRuns();
    assertThat(world.history().runs()).hasSize(2);
  }

  @Test
  void cancelsARunThatWasNotRestoredFromWhatWasAskedFor() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.faults().claimRestoredFrom("hdfs://fake:9000/elsewhere/savepoint-1");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(3));
    Run liar = world.history().runs().get(1);
    assertThat(liar.startedAt()).isEmpty();
    assertThat(world.effects.done()).contains("cancel " + liar.id());
    assertThat(liar.phase())
        .isInstanceOfSatisfying(
            Run.Phase.Ended.class, e -> assertThat(e.reason()).contains("/elsewhere/"));
  }

  @Test
  void waitsForFlinkToSayWhatWasRestoredHoweverLongTheStartTook() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.cluster.stepped(true);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofMinutes(1));
    world.watchedCluster.forgetsOrigins(true);
    world.cluster.settle();
    world.whenTimePasses(SECOND);
    world.watchedCluster.forgetsOrigins(false);
    world.whenTimePasses(SECOND);
    world.thenTheJobRuns();
    assertThat(world.effects.done()).noneMatch(e -> e.startsWith("cancel"));
  }

  @Test
  void cancelsARunOfWhichFlinkNeverSaysWhatWasRestored() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.watchedCluster.forgetsOrigins(true);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(29));
    assertThat(world.effects.done()).noneMatch(e -> e.startsWith("cancel"));
    world.whenTimePasses(Duration.ofSeconds(5));
    assertThat(world.effects.done()).anyMatch(e -> e.startsWith("cancel"));
  }

  @Test
  void holdsAJobWhoseOnlySavepointsAreDamaged() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    Savepoint only = world.retained().get(0);
    world.store.damage(only.path());
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofMinutes(5));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains(only.path()).contains("--from ID");
    assertThat(world.cluster.submissions()).hasSize(1);
  }

  @Test
  void holdsAJobThatHasRunButHasNoSavepoint() {
    world.givenTheJobRuns();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofMinutes(5));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.cluster.submissions()).hasSize(1);
  }

  @Test
  void saysHowManySlotsAreFreeWhileAStartTakesLong() {
    world.cluster.stepped(true);
    world.whenTimePasses(Duration.ofSeconds(2));
    assertThat(world.status().detail()).doesNotContain("free slots");

    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.STARTING);
    assertThat(world.status().detail()).contains("free slots of the cluster: 8");
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }
}
