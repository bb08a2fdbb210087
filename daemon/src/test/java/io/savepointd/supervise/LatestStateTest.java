package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.Lineage;
import io.savepointd.model.CheckpointHome;
import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.RunId;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Starts by themselves with {@code restore.from = latest-state}. */
class LatestStateTest extends CheckpointedJob {
  @Test
  void restoresFromACheckpointThatIsNewerThanTheSavepoint() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    checkpoint(9);
    String newest = checkpoint(10);
    RunId run = world.runId();
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest);
    assertThat(Lineage.of(world.history()).get(0).start().text())
        .isEqualTo("started from checkpoint chk-10 of run " + run + ", " + newest);
  }

  @Test
  void restoresFromTheSavepointWhereThatIsNewer() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    checkpoint(9);
    Savepoint newest = savepoint(11);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest.path());
  }

  @Test
  void tellsOlderFromNewerByNumberWhateverTheClocksSay() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String newest = checkpoint(12);
    savepoint(11);
    whenTheRunIs(RunState.CANCELED);
    thenItWasRestoredFrom(newest);
  }

  @Test
  void restoresFromSavepointsAloneUnlessToldOtherwise() {
    world = new KeeperWorld();
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    Savepoint savepoint = savepoint(3);
    checkpoint(9);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(savepoint.path());
  }

  @Test
  void notesOnceWhereTheCheckpointsOfARunLie() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    checkpoint(1);
    int events = world.medium.events().size();
    for (int number = 2; number < 9; number++) {
      checkpoint(number);
    }
    assertThat(world.medium.events()).hasSize(events);
    assertThat(world.lastRun().checkpoints())
        .contains(new CheckpointHome(ELSEWHERE + world.runId(), CheckpointRetention.ALWAYS));
  }

  @Test
  void notesItTooWhereAnOlderVersionHasOnlyNotedTheFirstCheckpoint() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    world.givenTheLedgerSays(
        new Event.RunCheckpointed(world.clock.instant(), KeeperWorld.NAME, world.runId()));
    String newest = checkpoint(4);
    whenTheClusterDies();
    thenItWasRestoredFrom(newest);
  }

  @Test
  void findsTheCheckpointsOfARunThatDiedBeforeItsOwnWereHeardOf() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    checkpoint(1);
    whenTheRunIs(RunState.FAILED);
    String unheardOf = world.store.writeCheckpoint(ELSEWHERE + world.runId(), 2);
    whenTheClusterDies();
    thenItWasRestoredFrom(unheardOf);
  }

  @Test
  void aFolderWithoutMetadataIsIncompleteAndNoDamage() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String complete = checkpoint(9);
    world.store.writeFile(ELSEWHERE + world.runId() + "/chk-10/half", "x");
    whenTheClusterDies();
    thenItWasRestoredFrom(complete);
  }

  @Test
  void isHeldByADamagedNewestCheckpoint() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    checkpoint(9);
    String newest = checkpoint(10);
    world.store.damage(newest);
    whenTheClusterDies();
    assertThat(heldFor()).contains("checkpoint " + newest, "newest-only", "--from ID");
    assertThat(world.runsSubmitted()).isOne();
  }

  @Test
  void passesOverAsManyDamagedCheckpointsAsItMay() {
    world = new KeeperWorld(KeeperWorld.latestState(2));
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String good = checkpoint(8);
    world.store.damage(checkpoint(9));
    world.store.damage(checkpoint(10));
    whenTheClusterDies();
    thenItWasRestoredFrom(good);
  }

  @Test
  void takesNoCheckpointOfARunThatWasCancelledForWhatItBeganWith() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String right = checkpoint(9);
    world.cluster.faults().restoreNextFrom(Optional.of("hdfs://fake:9000/elsewhere"));
    whenTheRunIs(RunState.FAILED);
    RunId wrong = world.lastRun().id();
    assertThat(heldFor()).contains(wrong + " was cancelled", "hdfs://fake:9000/elsewhere");
    world.store.writeCheckpoint(ELSEWHERE + wrong, 20);
    world.whenAsked(new Demand.Release());
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(right);
  }

  @Test
  void goesOnByItselfOnceWhatLookedDamagedIsSeenToBeDeleted() {
    givenTheJobRuns(CheckpointRetention.NEVER);
    Savepoint savepoint = savepoint(3);
    String newest = checkpoint(9);
    world.store.damage(newest);
    world.cluster.restart(false);
    world.whenTimePasses(Duration.ofSeconds(4));
    assertThat(world.status().detail()).contains("Flink may be deleting it");
    world.store.vanish(newest);
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(savepoint.path());
  }

  @Test
  void walksBackPastADamagedCheckpointWherePolicySaysSo() {
    world = new KeeperWorld(KeeperWorld.latestState(1));
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    String older = checkpoint(9);
    world.store.damage(checkpoint(10));
    whenTheClusterDies();
    thenItWasRestoredFrom(older);
  }

  @Test
  void walksBackToTheSavepointPastADamagedCheckpoint() {
    world = new KeeperWorld(KeeperWorld.latestState(1));
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    Savepoint savepoint = savepoint(3);
    world.store.damage(checkpoint(10));
    whenTheClusterDies();
    thenItWasRestoredFrom(savepoint.path());
  }

  @Test
  void aDamagedCheckpointOlderThanTheSavepointIsNobodysBusiness() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    world.store.damage(checkpoint(9));
    Savepoint newest = savepoint(11);
    whenTheClusterDies();
    thenItWasRestoredFrom(newest.path());
  }

  @Test
  void isHeldWhereKeptCheckpointsAreNotToBeSeen() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    world.store.vanish(checkpoint(9));
    whenTheClusterDies();
    assertThat(heldFor()).contains(ELSEWHERE, "this machine doesn't share");
  }

  @Test
  void waitsWhileTheStorageCannotBeAsked() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    String newest = checkpoint(9);
    world.store.unavailable("safe mode");
    whenTheClusterDies();
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    world.store.available();
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(newest);
  }

  @Test
  void neverUsesWhatFlinkIsAboutToDelete() {
    givenTheJobRuns(CheckpointRetention.ON_FAILURE);
    Savepoint savepoint = savepoint(3);
    checkpoint(9);
    whenTheRunIs(RunState.CANCELED);
    thenItWasRestoredFrom(savepoint.path());
  }

  @Test
  void restoresAfterAFailureWhatIsDeletedOnlyOnCancellation() {
    givenTheJobRuns(CheckpointRetention.ON_FAILURE);
    savepoint(3);
    String newest = checkpoint(9);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest);
  }

  @Test
  void findsWhatAClusterThatDiedHasLeft() {
    givenTheJobRuns(CheckpointRetention.NEVER);
    savepoint(3);
    String newest = checkpoint(9);
    assertThat(world.status().detail())
        .contains("only if its cluster dies", CheckpointRetention.SETTING);
    whenTheClusterDies();
    thenItWasRestoredFrom(newest);
  }

  @Test
  void goesOnFromTheSavepointOfAStop() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    checkpoint(9);
    world.whenAsked(new Demand.Stop());
    world.whenTimePasses(SECOND.multipliedBy(5));
    Savepoint ofTheStop = world.retained().get(0);
    world.whenAsked(new Demand.Start(new Demand.From.Usual(), false));
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(ofTheStop.path());
  }

  @Test
  void aRunThatLeftNothingGoesOnFromTheCheckpointThatItBeganWith() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    String newest = checkpoint(9);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest);
    assertThat(world.runsSubmitted()).isEqualTo(3);
  }

  @Test
  void neverDeletesACheckpoint() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String under = world.store.root() + "/averaging/" + world.runId();
    String newest = world.store.writeCheckpoint(under, 4);
    world.cluster.completeCheckpoint(world.runId(), newest);
    world.whenTimePasses(NOTED);
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(newest);
    world.givenSavepoints(5);
    world.whenTimePasses(LONG);
    assertThat(world.retained()).hasSize(2);
    assertThat(world.store.entries()).containsKey(newest + "/_metadata");
  }
}
