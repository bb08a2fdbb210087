package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.FakeFlinkCluster;
import io.savepointd.flink.Submission;
import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.Occasion;
import io.savepointd.model.Origin;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.retention.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A keeper whose job moves to another cluster, and comes back where that one is no good. */
class MoveTest {
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  private final KeeperWorld world = new KeeperWorld();

  @BeforeEach
  void givenTheJobRuns() {
    world.givenTheJobRuns();
  }

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private CompletableFuture<Answer> moving() {
    return world.asking(new Demand.Move(KeeperWorld.OTHER, false));
  }

  private Savepoint leftByTheStop() {
    return world.history().savepoints().stream()
        .filter(s -> s.occasion() instanceof Occasion.Stopping)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Submission last(FakeFlinkCluster cluster) {
    return cluster.submissions().get(cluster.submissions().size() - 1);
  }

  private void thenItRunsOn(FakeFlinkCluster cluster) {
    world.thenTheJobRuns();
    assertThat(cluster.alive()).extracting(r -> r.id()).containsExactly(world.runId());
    assertThat(world.lastRun().cluster()).isEqualTo(cluster.name());
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Restored(leftByTheStop().path()));
    assertThat(last(cluster).restorePath()).contains(leftByTheStop().path());
  }

  /** And nothing but "main" in its configuration, as before. */
  private void givenItHasMoved() {
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(A_WHILE);
    world.other.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));
    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    thenItRunsOn(world.other);
  }

  @Test
  void goesOnOnTheOtherClusterFromTheSavepointOfItsStop() {
    RunId first = world.runId();
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(A_WHILE);
    assertThat(answer).isNotDone();
    assertThat(world.status().detail()).contains("a move to cluster other is under way");
    thenItRunsOn(world.other);
    world.other.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));

    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(answer.join().message())
        .contains("run " + world.runId(), "on cluster other", "put `cluster = other`");
    assertThat(last(world.other).jarDigest())
        .isEqualTo(world.cluster.submissions().get(0).jarDigest());
    assertThat(world.history().run(first).orElseThrow().phase())
        .isInstanceOf(Run.Phase.Ended.class);
    assertThat(world.status().detail())
        .contains("is on cluster other", "the configuration says main", "put `cluster = other`");
  }

  @Test
  void staysWhereItWasMovedToWhenItDiesAndWhenTheDaemonDoes() {
    givenItHasMoved();
    world.givenSavepoints(1);
    world.theDaemonIsStartedAnew();
    world.whenTimePasses(A_WHILE);
    assertThat(world.runsSubmitted()).isEqualTo(1);
    assertThat(world.other.alive()).extracting(r -> r.id()).containsExactly(world.runId());

    world.other.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(15));

    world.thenTheJobRuns();
    assertThat(world.other.alive()).extracting(r -> r.id()).containsExactly(world.runId());
    assertThat(world.runsSubmitted()).isEqualTo(1); // on main
  }

  @Test
  void takesSavepointsAndStopsWhereItIs() {
    givenItHasMoved();
    world.givenSavepoints(1);
    assertThat(world.retained().get(0).takenFrom(world.runId())).isTrue();
    CompletableFuture<Answer> stopped = world.asking(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    assertThat(stopped.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.alive()).isEmpty();
    assertThat(world.status().detail())
        .contains(
            "its last run was on cluster other", "start it on main, as the configuration says");
  }

  @Test
  void goesBackWhenTheOtherClusterRefusesTheSavepoint() {
    world.other.faults().refuseNextSubmit("Unrecognized checkpoint version number: 6");
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(A_WHILE);

    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message())
        .contains("Unrecognized checkpoint version", "undone", "on cluster main, where it was");
    thenItRunsOn(world.cluster);
  }

  @Test
  void goesBackWhenTheRunDiesThereAndWhenItProvesNothing() {
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(A_WHILE);
    world.other.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join().message()).contains("fake: killed", "undone");
    thenItRunsOn(world.cluster);

    world.other.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> again = moving();
    world.whenTimePasses(Duration.ofMinutes(6));
    assertThat(again.join().message()).contains("has completed no checkpoint", "undone");
    thenItRunsOn(world.cluster);
  }

  @Test
  void goesBackWhenTheRunThereStartedFromSomethingElse() {
    world.other.faults().claimRestoredFrom("hdfs://elsewhere/savepoint-1");
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(Duration.ofMinutes(1));
    assertThat(answer.join().message()).contains("hdfs://elsewhere/savepoint-1", "undone");
    assertThat(world.other.alive()).isEmpty();
    thenItRunsOn(world.cluster);
  }

  @Test
  void waitsForTheOtherClusterOnceItMayHaveTheRun() {
    world.other.faults().loseAnswerOfNextSubmit(true);
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(Duration.ofSeconds(1));
    world.other.faults().unreachable(true);
    world.whenTimePasses(Duration.ofHours(1));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.cluster.alive()).isEmpty();
    assertThat(answer.join()).isInstanceOf(Answer.Unreachable.class);

    world.other.faults().unreachable(false);
    world.whenTimePasses(Duration.ofSeconds(30));
    world.thenTheJobRuns();
  }

  @Test
  void goesBackWhenTheOtherClusterIsSilentBeforeAnythingWasSentThere() {
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(Duration.ofSeconds(1));
    world.other.faults().unreachable(true);
    world.cluster.completeSavepoints();
    world.whenTimePasses(Duration.ofMinutes(4));
    assertThat(world.alive()).isEmpty();
    assertThat(answer).isNotDone();
    world.whenTimePasses(Duration.ofMinutes(2));
    assertThat(answer.join().message()).contains("couldn't be asked for 5m", "undone");
    thenItRunsOn(world.cluster);
  }

  @Test
  void doesNotTakeSomebodyElsesRunThereForItsOwn() {
    RunId foreign = Foreign.submission().run();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(Duration.ofSeconds(1));
    assertThat(world.other.submit(Foreign.submission())).isNotNull();
    world.cluster.completeSavepoints();
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join().message()).contains("bears the job's name", "undone");
    assertThat(world.cluster.alive()).extracting(r -> r.id()).containsExactly(world.runId());
    world.other.kill(foreign, RunState.CANCELED);
  }

  @Test
  void refusesBeforehandWhereTheNameIsTakenOrNobodyAnswers() {
    RunId foreign = Foreign.submission().run();
    assertThat(world.other.submit(Foreign.submission())).isNotNull();
    assertThat(moving().join()).isInstanceOf(Answer.Refused.class);
    assertThat(moving().join().message()).contains("bears the job's name 'averaging'");
    world.other.kill(foreign, RunState.CANCELED);
    world.other.faults().unreachable(true);
    assertThat(moving().join()).isInstanceOf(Answer.Unreachable.class);
    assertThat(moving().join().message()).contains("nothing was stopped");
    assertThat(world.asking(new Demand.Move(new ClusterName("nowhere"), false)).join().message())
        .contains("no cluster 'nowhere' in the configuration; there are [main, other]");
    assertThat(world.asking(new Demand.Move(KeeperWorld.CLUSTER, false)).join().message())
        .contains("nothing to do: run " + world.runId() + " is on cluster main already");
    world.whenTimePasses(A_WHILE);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void refusesAnOlderFlinkUnlessThatIsSaid() {
    world.other.flinkVersion("1.20.5");
    assertThat(moving().join()).isInstanceOf(Answer.Refused.class);
    assertThat(moving().join().message())
        .contains("runs Flink 1.20.5, older than the 2.3.0", "can't read", "--allow-older-flink");
    world.other.flinkVersion("2.2.1");
    assertThat(moving().join().message()).contains("doesn't promise");

    world.other.faults().refuseNextSubmit("Unrecognized checkpoint version number: 6");
    CompletableFuture<Answer> forced = world.asking(new Demand.Move(KeeperWorld.OTHER, true));
    world.whenTimePasses(A_WHILE);
    assertThat(forced.join()).isInstanceOf(Answer.Failed.class);
    thenItRunsOn(world.cluster);
  }

  @Test
  void movesBackWhereItCameFrom() {
    givenItHasMoved();
    CompletableFuture<Answer> back = world.asking(new Demand.Move(KeeperWorld.CLUSTER, false));
    world.whenTimePasses(A_WHILE);
    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(5));
    assertThat(back.join().message()).endsWith("on cluster main");
    thenItRunsOn(world.cluster);
    assertThat(world.status().detail()).isEqualTo("all tasks running");
  }

  @Test
  void movesWhatRunsAndNotAnEditedConfigurationWhichIsUpgradedToAfterwards() {
    world.givenTheJarIs('a');
    givenItHasMoved();
    assertThat(last(world.other).jarDigest()).isEqualTo("0".repeat(64));
    assertThat(world.asking(new Demand.Upgrade(false)).join().message())
        .contains("is on cluster other", "`savepointd move averaging --to main`");

    world.whenReplanned(plan(KeeperWorld.JOB.on(KeeperWorld.OTHER)));
    CompletableFuture<Answer> upgraded = world.asking(new Demand.Upgrade(false));
    world.whenTimePasses(Duration.ofSeconds(30));
    assertThat(upgraded.join().message()).contains("jar 000000000000 -> aaaaaaaaaaaa");
    assertThat(last(world.other).jarDigest()).isEqualTo("a".repeat(64));
  }

  @Test
  void aConfigurationThatNamesAnotherClusterMovesNothingByItself() {
    world.givenSavepoints(1);
    world.whenReplanned(plan(KeeperWorld.JOB.on(KeeperWorld.OTHER)));
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().detail())
        .contains("is on cluster main", "`savepointd move averaging --to other`");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    assertThat(world.lastRun().cluster()).isEqualTo(KeeperWorld.CLUSTER);

    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(A_WHILE);
    thenItRunsOn(world.other);
    assertThat(world.status().detail()).isEqualTo("all tasks running");
  }

  @Test
  void losesNothingWhenTheClusterOfItsRunIsTakenOutOfTheConfiguration() {
    RunId run = world.runId();
    world.givenSavepoints(1);
    world.givenNoClusterButTheOtherIsConfigured();
    world.whenReplanned(plan(KeeperWorld.JOB.on(KeeperWorld.OTHER)));
    world.whenTimePasses(Duration.ofHours(1));
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("put that cluster back", "--replace");
    assertThat(world.alive()).extracting(r -> r.id()).containsExactly(run);

    world.cluster.kill(run, RunState.CANCELED);
    CompletableFuture<Answer> told = world.asking(new Demand.Start(new Demand.From.Latest(), true));
    world.whenTimePasses(A_WHILE);
    assertThat(told.join()).isInstanceOf(Answer.Done.class);
    world.thenTheJobRuns();
    assertThat(world.lastRun().cluster()).isEqualTo(KeeperWorld.OTHER);
  }

  @Test
  void isBroughtBackByAPersonsWordWhenTheOtherClusterIsLostInTheMiddle() {
    givenItHasMoved();
    world.cluster.faults().loseAnswerOfNextSubmit(true);
    world.whenAsked(new Demand.Move(KeeperWorld.CLUSTER, false));
    world.whenTimePasses(Duration.ofSeconds(1));
    world.cluster.faults().unreachable(true);
    world.whenTimePasses(A_WHILE);
    Savepoint left = world.retained().get(0);
    assertThat(world.asking(new Demand.Start(new Demand.From.Latest(), true)).join())
        .isInstanceOf(Answer.Refused.class);

    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.givenNoClusterButTheOtherIsConfigured();
    world.theDaemonIsStartedAnew();
    world.whenReplanned(plan(KeeperWorld.JOB.on(KeeperWorld.OTHER)));
    world.whenTimePasses(A_WHILE);
    world.whenAsked(new Demand.Start(new Demand.From.Latest(), true));
    world.whenTimePasses(A_WHILE);

    world.thenTheJobRuns();
    assertThat(world.lastRun().cluster()).isEqualTo(KeeperWorld.OTHER);
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Restored(left.path()));
  }

  @Test
  void clearsUpWhatFailedOnAClusterThatIsTakenOutAfterwards() {
    world.givenSavepoints(1);
    world.cluster.faults().failNextSavepoint("declined");
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(A_WHILE);
    assertThat(world.history().leftovers()).hasSize(1);
    givenItHasMoved();
    world.givenNoClusterButTheOtherIsConfigured();
    world.whenReplanned(plan(KeeperWorld.JOB.on(KeeperWorld.OTHER)));
    world.whenTimePasses(KeeperWorld.SETTINGS.leftoverGrace().plusMinutes(2));
    assertThat(world.history().leftovers()).isEmpty();
  }

  @Test
  void endsWithAStopThatSomebodyAsksForMeanwhile() {
    CompletableFuture<Answer> answer = moving();
    world.whenTimePasses(A_WHILE);
    CompletableFuture<Answer> stopped = world.asking(new Demand.Stop());
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join().message()).contains("a stop was asked for meanwhile");
    assertThat(stopped.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.alive()).isEmpty();
  }

  private static JobPlan plan(Job job) {
    return KeeperWorld.plan(job, KeeperWorld.SETTINGS, RetentionPolicy.keepLast(2));
  }
}
