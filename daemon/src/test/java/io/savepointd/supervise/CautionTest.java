package io.savepointd.supervise;

import static io.savepointd.supervise.Histories.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.flink.TriggerOutcome;
import io.savepointd.model.Origin;
import io.savepointd.model.RunEnd;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.supervise.JobStatus.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where the obvious next step would double a run, lose a savepoint or undo a person's decision. */
class CautionTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TriggerOutcome DONE = new TriggerOutcome.Completed("hdfs://x/savepoint-1");

  private final KeeperWorld world = new KeeperWorld();

  private static Histories running() {
    return new Histories().running(1, 0);
  }

  @Test
  void startsNoTwinOfARunOnAClusterThatTheConfigurationNoLongerNames() {
    Case moved = Case.of(running()).onCluster("other").missing(9).at(10);

    assertThat(moved.state()).isEqualTo(State.HELD);
    assertThat(moved.detail())
        .contains("main")
        .contains("isn't in the configuration")
        .contains("--replace");
    assertThat(moved.wants(new Demand.From.Latest(), false).refusal())
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void followsTheRunAndNotTheConfigurationWhichNamesAnotherCluster() {
    Case edited = Case.of(running()).onCluster("other").besideTheOldOne();

    assertThat(edited.shows(1, RunState.RUNNING).at(10).state()).isEqualTo(State.RUNNING);
    assertThat(
            Case.of(running())
                .onCluster("other")
                .besideTheOldOne()
                .missing(9)
                .wants(new Demand.From.Latest(), true)
                .at(10)
                .decided())
        .isInstanceOf(Action.RecordEnd.class);
  }

  @Test
  void believesAPersonThatTheRunOnTheOldClusterIsOver() {
    Action decided =
        Case.of(running())
            .onCluster("other")
            .missing(9)
            .wants(new Demand.From.Latest(), true)
            .at(10)
            .decided();

    assertThat(decided)
        .isInstanceOfSatisfying(
            Action.RecordEnd.class, a -> assertThat(a.end()).isEqualTo(RunEnd.GONE));
  }

  @Test
  void takesOverARunOfItsOwnHistoryWhateverItsName() {
    Histories gone = running().ended(1, RunEnd.GONE, 5);

    assertThat(Case.of(gone).shows(1, RunState.RUNNING, "My job").at(10).decided())
        .isInstanceOfSatisfying(
            Action.Adopt.class, a -> assertThat(a.run().id()).isEqualTo(run(1)));
  }

  @Test
  void keepsTheJobGoingWhileTheStorageCannotTellOfASavepoint() {
    Histories open = running().triggered(7, 1, 10);

    assertThat(Case.of(open).shows(1, RunState.FAILED).outcome(DONE).lookAgainFrom(20).at(12))
        .extracting(Case::decided)
        .isInstanceOf(Action.RecordEnd.class);
    assertThat(Case.of(open).shows(1, RunState.RUNNING).outcome(DONE).lookAgainFrom(20).at(20))
        .extracting(Case::decided)
        .isInstanceOf(Action.TakeIn.class);
  }

  @Test
  void letsAStartWaitForWhatMayBeTheNewestSavepointButNotForEver() {
    Histories dead = running().triggered(7, 1, 10).ended(1, RunEnd.FAILED, 12);

    assertThat(Case.of(dead).outcome(DONE).lookAgainFrom(99).at(20).state())
        .isEqualTo(State.UNREACHABLE);
    assertThat(Case.of(dead).outcome(DONE).lookAgainFrom(99).at(73).decided())
        .isInstanceOf(Action.LookForRestorePoint.class);
  }

  @Test
  void givesASavepointUpThatTheStorageNeverTellsOf() {
    world.givenTheJobRuns();
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(SECOND);
    world.store.unavailable("no such scheme");
    world.cluster.completeSavepoint(world.history().openTriggers().get(0).id());
    world.whenTimePasses(SECOND);
    assertThat(world.history().openTriggers()).hasSize(1);
    assertThat(world.status().state()).isEqualTo(State.RUNNING);

    world.whenTimePasses(KeeperWorld.SETTINGS.savepointTimeout().multipliedBy(2).plus(SECOND));
    assertThat(world.history().openTriggers()).isEmpty();
  }

  @Test
  void doesNotUndoARollbackWhenItsRunDies() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    world.whenAsked(new Demand.Start(new Demand.From.Path(older.path()), true));
    world.whenTimePasses(SECOND);
    world.thenTheLastRunWasRestoredFrom(older);

    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(10));
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(older);
  }

  @Test
  void doesNotUndoAnEmptyStartWhenItsRunDies() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.whenAsked(new Demand.Start(new Demand.From.Nothing(), true));
    world.whenTimePasses(SECOND);
    assertThat(world.lastRun().origin()).isEqualTo(new Origin.Empty());

    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(world.status().state()).isEqualTo(State.HELD);
    assertThat(world.status().detail()).contains("without state").contains("restore-latest");
  }

  @Test
  void countsNoSavepointAsACheckpointToRecoverFrom() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint newest = world.retained().get(0);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(10));
    world.givenSavepoints(1);
    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(world.history().openRun().orElseThrow().checkpointed()).isFalse();
    assertThat(world.retained()).extracting(Savepoint::id).contains(newest.id());

    world.cluster.completeCheckpoint(world.runId());
    world.whenTimePasses(Duration.ofSeconds(10));
    assertThat(world.history().openRun().orElseThrow().checkpointed()).isTrue();
  }
}
