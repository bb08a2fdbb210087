package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.LedgerLost;
import io.savepointd.model.Job;
import io.savepointd.model.Run;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.retention.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job whose configuration changes while it is kept. */
class ReplannedJobTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final RetentionPolicy KEEP_TWO = RetentionPolicy.keepLast(2);

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private static Job withJar(String jar) {
    Job job = KeeperWorld.JOB;
    return new Job(
        job.name(),
        job.cluster(),
        job.runName(),
        Path.of(jar),
        job.entryClass(),
        List.of("--new"),
        job.parallelism(),
        job.flinkConfiguration());
  }

  private static JobPlan plan(Job job, RetentionPolicy retention) {
    return KeeperWorld.plan(job, KeeperWorld.SETTINGS, retention);
  }

  @Test
  void anOpenTriggerSurvivesAndItsAnswerComes() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> answer = world.askingForASavepoint();
    world.whenTimePasses(SECOND);
    assertThat(world.history().openTriggers()).hasSize(1);

    world.whenReplanned(plan(withJar("/jobs/other.jar"), KEEP_TWO));
    world.whenTimePasses(SECOND);
    assertThat(answer).isNotDone();
    world.cluster.completeSavepoints();
    world.whenTimePasses(SECOND);

    assertThat(answer.join()).isInstanceOf(Answer.Done.class);
    assertThat(world.cluster.triggers()).hasSize(1);
    assertThat(world.retained()).hasSize(1);
  }

  @Test
  void demandsInLineKeepTheirPlaces() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> first = world.askingForASavepoint();
    CompletableFuture<Answer> second = world.askingForASavepoint();
    CompletableFuture<Answer> fired = world.firing("frequent");
    world.whenTimePasses(SECOND);
    world.whenReplanned(plan(KeeperWorld.JOB, RetentionPolicy.keepEverything()));
    world.cluster.completeSavepointsAtOnce(true);
    world.cluster.completeSavepoints();
    world.whenTimePasses(Duration.ofSeconds(5));

    assertThat(List.of(first.join(), second.join(), fired.join()))
        .allMatch(Answer.Done.class::isInstance);
    assertThat(world.retained()).hasSize(3);
  }

  @Test
  void aRunThatGoesOnIsNotTouchedNorDoesItsDeathBringTheNewJarButAnUpgradeDoes() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    RunId run = world.runId();

    world.whenReplanned(plan(withJar("/jobs/other.jar"), KEEP_TWO));
    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(world.runId()).isEqualTo(run);
    assertThat(world.runsSubmitted()).isEqualTo(1);

    world.cluster.kill(run, RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(10));
    world.thenTheJobRuns();
    assertThat(world.runId()).isNotEqualTo(run);
    assertThat(world.cluster.submissions().get(1).job().args()).isEmpty();
    assertThat(world.status().detail()).contains("`savepointd upgrade averaging` applies it");

    world.whenAsked(new Demand.Upgrade(false));
    world.whenTimePasses(Duration.ofSeconds(10));
    world.thenTheJobRuns();
    assertThat(world.cluster.submissions().get(2).job().jar()).hasToString("/jobs/other.jar");
    assertThat(world.cluster.submissions().get(2).job().args()).containsExactly("--new");
  }

  @Test
  void backoffGoesOnWhereItWas() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    for (int deaths = 0; deaths < 2; deaths++) {
      world.cluster.kill(world.runId(), RunState.FAILED);
      world.whenTimePasses(Duration.ofSeconds(2));
    }
    assertThat(world.status().state()).isEqualTo(JobStatus.State.BACKOFF);
    String next = world.status().detail();

    world.whenReplanned(plan(withJar("/jobs/other.jar"), KEEP_TWO));
    world.whenTimePasses(SECOND);

    assertThat(world.status().state()).isEqualTo(JobStatus.State.BACKOFF);
    assertThat(world.status().detail()).isEqualTo(next);
    world.whenTimePasses(Duration.ofMinutes(1));
    world.thenTheJobRuns();
  }

  @Test
  void aStricterRetentionTakesEffectAtOnce() {
    world.givenTheJobRuns();
    world.whenReplanned(plan(KeeperWorld.JOB, RetentionPolicy.keepEverything()));
    world.givenSavepoints(4);
    assertThat(world.retained()).hasSize(4);

    world.whenReplanned(plan(KeeperWorld.JOB, RetentionPolicy.keepLast(1)));
    world.whenTimePasses(SECOND);

    assertThat(world.retained()).hasSize(1);
    world.thenNothingIsLeftOpen();
  }

  /** A look that missed the run at the old address must not count against it at the new one. */
  @Test
  void looksAtAnotherAddressAreCountedAnew() throws LedgerLost {
    world.givenTheJobRuns();
    RunId run = world.runId();
    world.cluster.failOver();
    world.steps(Duration.ofMillis(400));
    world.whenReplanned(plan(KeeperWorld.JOB, KEEP_TWO));
    world.whenTimePasses(Duration.ofSeconds(30));

    assertThat(world.history().runs()).extracting(Run::id).containsExactly(run);
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void aLaneStandsStillWhileItIsLookedAtAndThenGoesByTheNewPlan() throws LedgerLost {
    Lane lane = world.lane();
    CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
    CompletableFuture<Void> there = lane.standStill(over);
    CompletableFuture<Void> taken =
        lane.replan(plan(withJar("/jobs/b.jar"), KEEP_TWO), world.world());
    assertThat(there).isNotDone();
    assertThat(taken).isNotDone();

    Instant unused = lane.turn();

    assertThat(there).isDone();
    assertThat(taken).isDone();
    assertThat(world.cluster.submissions().get(0).job().jar()).hasToString("/jobs/b.jar");
  }

  @Test
  void whoWaitsForARemovedJobIsToldSo() throws LedgerLost {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    Lane lane = world.lane();
    CompletableFuture<Answer> underWay = world.askingForASavepoint();
    world.whenTimePasses(SECOND);
    RunId run = world.runId();

    lane.close(Parting.JOB_REMOVED);
    CompletableFuture<Answer> late = lane.demand(new Demand.Prune());
    lane.end();

    assertThat(underWay.join().message()).contains("removed from the configuration");
    assertThat(late.join().message()).isEqualTo("the job was removed from the configuration");
    assertThat(world.alive()).extracting(r -> r.id()).containsExactly(run);
    assertThat(world.history().openTriggers()).hasSize(1);
    assertThat(lane.replan(plan(KeeperWorld.JOB, KEEP_TWO), world.world())).isDone();
  }

  @Test
  void aJobThatComesBackFindsWhatItHadBegun() {
    world.givenTheJobRuns();
    RunId run = world.runId();
    world.cluster.completeSavepointsAtOnce(false);
    CompletableFuture<Answer> underWay = world.askingForASavepoint();
    world.whenTimePasses(SECOND);
    world.whenTheLaneEnds();
    assertThat(underWay).isDone();

    world.theDaemonIsStartedAnew();
    world.cluster.completeSavepoints();
    world.whenTimePasses(Duration.ofSeconds(2));

    assertThat(world.retained()).hasSize(1);
    assertThat(world.runId()).isEqualTo(run);
  }
}
