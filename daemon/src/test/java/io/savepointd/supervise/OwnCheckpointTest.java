package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.CheckpointRetention;
import io.savepointd.model.Origin;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Starts from checkpoints that a person asks for, of a run that is alive among them. */
class OwnCheckpointTest extends CheckpointedJob {
  @Test
  void undoesNoRollbackThatAPersonHasMade() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    Savepoint older = savepoint(3);
    checkpoint(9);
    world.whenAsked(new Demand.Start(new Demand.From.Path(older.path()), true));
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(older.path());
    whenTheRunIs(RunState.FAILED);
    thenItWasRestoredFrom(older.path());
  }

  @Test
  void replacesARunByItsOwnNewestCheckpointWhereThatStays() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    String newest = checkpoint(9);
    world.whenAsked(new Demand.Start(new Demand.From.Latest(), true));
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(newest);
  }

  @Test
  void replacesARunByItsSavepointWhereFlinkDeletesTheCheckpoint() {
    givenTheJobRuns(CheckpointRetention.NEVER);
    Savepoint savepoint = savepoint(3);
    checkpoint(9);
    world.whenAsked(new Demand.Start(new Demand.From.Latest(), true));
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(savepoint.path());
  }

  @Test
  void cancelsNoRunForACheckpointThatWouldGoWithIt() {
    givenTheJobRuns(CheckpointRetention.NEVER);
    String newest = checkpoint(9);
    var answer = world.asking(new Demand.Start(new Demand.From.Path(newest), true));
    world.whenTimePasses(SECOND);
    assertThat(answer.join())
        .isInstanceOfSatisfying(
            Answer.Refused.class, a -> assertThat(a.message()).contains("savepointd savepoint"));
    world.thenTheJobRuns();
    assertThat(world.runsSubmitted()).isOne();
  }

  @Test
  void isHeldWhereTheCheckpointWentWhileItsRunWasCancelledForIt() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    savepoint(3);
    String named = checkpoint(9);
    world.cluster.stepped(true);
    var answer = world.asking(new Demand.Start(new Demand.From.Path(named), true));
    world.whenTimePasses(SECOND);
    world.store.writeCheckpoint(ELSEWHERE + world.runId(), 10);
    world.store.vanish(named);
    world.cluster.stepped(false);
    world.cluster.settle();
    world.whenTimePasses(LONG);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(heldFor()).contains("was cancelled for a start from its " + named);
    assertThat(world.runsSubmitted()).isOne();
  }

  @Test
  void startsFromACheckpointThatAPersonNamesWhateverTheConfigurationSays() {
    world = new KeeperWorld();
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String named = checkpoint(9);
    checkpoint(10);
    world.whenAsked(new Demand.Start(new Demand.From.Path(named), true));
    world.whenTimePasses(LONG);
    thenItWasRestoredFrom(named);
  }

  @Test
  void foreseesWhatItWouldDo() {
    givenTheJobRuns(CheckpointRetention.ALWAYS);
    String newest = checkpoint(9);
    world.store.damage(newest);
    Foresight foresight =
        new Foresight(
            KeeperWorld.JOB,
            KeeperWorld.latestState(0),
            Set.of(KeeperWorld.CLUSTER),
            world.store,
            world.clock);
    Demand.Start latest = new Demand.Start(new Demand.From.Latest(), true);
    ClusterView.Seen nothing = new ClusterView.Seen(world.clock.instant(), List.of());
    assertThat(foresight.of(latest, world.history(), nothing).action())
        .isInstanceOfSatisfying(
            Action.RefuseStart.class,
            refusal -> assertThat(refusal.answer().message()).contains(newest, "newest-only"));
    String later = world.store.writeCheckpoint(ELSEWHERE + world.runId(), 11);
    assertThat(foresight.of(latest, world.history(), nothing).action())
        .isInstanceOfSatisfying(
            Action.Submit.class,
            submit -> assertThat(submit.origin()).isEqualTo(new Origin.Restored(later)));
  }
}
