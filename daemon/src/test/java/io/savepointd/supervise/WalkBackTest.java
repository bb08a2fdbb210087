package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.Origin;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a job is brought back from where newer savepoints turn out damaged. */
class WalkBackTest {
  private static final Duration A_WHILE = Duration.ofSeconds(10);

  private KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  /** Two savepoints, the newest of them damaged so many times over; the run dies. */
  private List<Savepoint> given(int walkBack, int damaged) {
    world = new KeeperWorld(KeeperWorld.settings(20, walkBack));
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    List<Savepoint> retained = world.retained();
    retained.stream().limit(damaged).forEach(s -> world.store.damage(s.path()));
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    return retained;
  }

  private void thenItIsHeldFor(Savepoint bad) {
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains(bad.path());
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  @Test
  void quarantinesADamagedNewestAndHoldsTheJob() {
    List<Savepoint> were = given(0, 1);
    thenItIsHeldFor(were.get(0));
    assertThat(world.status().detail())
        .contains("newest-only")
        .contains("the next older one is " + were.get(1).path());
    assertThat(world.history().quarantined())
        .extracting(Savepoint::id)
        .containsExactly(were.get(0).id());
  }

  @Test
  void goesBackAsFarAsItMay() {
    List<Savepoint> were = given(1, 1);
    world.thenTheJobRuns();
    world.thenTheLastRunWasRestoredFrom(were.get(1));
  }

  @Test
  void goesBackNoFurtherThanThereIsSomething() {
    List<Savepoint> were = given(5, 2);
    thenItIsHeldFor(were.get(0));
    assertThat(world.status().detail()).contains("no other is retained");
    assertThat(world.history().quarantined()).hasSize(2);
  }

  @Test
  void quarantinesAMissingOneToo() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    Savepoint only = world.retained().get(0);
    world.store.vanish(only.path());
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.history().quarantined()).hasSize(1);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
  }

  @Test
  void quarantinesNothingWhileTheStorageCannotTell() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.store.unavailable("safe mode");
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.UNREACHABLE);
    assertThat(world.history().quarantined()).isEmpty();
    world.store.available();
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
  }

  @Test
  void goesOnFromANewerOneWhateverIsQuarantinedBehindIt() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    world.whenAsked(new Demand.Quarantine(world.retained().get(0).id(), "rotten"));
    world.givenSavepoints(1);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
  }

  /** A person's word doesn't lift the policy: they may name an older one. */
  @Test
  void refusesAStartPastADamagedOneUnlessItIsNamed() {
    List<Savepoint> were = given(0, 1);
    for (Demand.From from : List.of(new Demand.From.Usual(), new Demand.From.Latest())) {
      CompletableFuture<Answer> answer = world.asking(new Demand.Start(from, false));
      world.whenTimePasses(A_WHILE);
      assertThat(answer.join()).isNotInstanceOf(Answer.Done.class);
      assertThat(answer.join().message()).contains(were.get(0).path());
    }
    CompletableFuture<Answer> named =
        world.asking(new Demand.Start(new Demand.From.Path(were.get(1).path()), false));
    world.whenTimePasses(A_WHILE);
    assertThat(named.join()).isInstanceOf(Answer.Done.class);
  }

  @Test
  void holdsAJobThatWasRolledBackToWhatIsNoLongerGood() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    world.whenAsked(new Demand.Start(new Demand.From.Path(older.path()), true));
    world.whenTimePasses(A_WHILE);
    world.thenTheJobRuns();
    world.store.damage(older.path());
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains("rolled back to it");
  }

  @Test
  void goesNotPastADamagedOneBecauseTheJobWasRolledBackBeforeIt() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint older = world.retained().get(1);
    world.whenAsked(new Demand.Pin(older.id(), true));
    world.whenAsked(new Demand.Start(new Demand.From.Path(older.path()), true));
    world.whenTimePasses(A_WHILE);
    world.givenSavepoints(1);
    Savepoint newest = world.retained().get(0);
    world.store.damage(newest.path());
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(A_WHILE);
    assertThat(world.status().state()).isEqualTo(JobStatus.State.HELD);
    assertThat(world.status().detail()).contains(newest.path()).contains("newest-only");
  }

  /** What only a deep look has found, a start's own look doesn't see. */
  @Test
  void startsFromNothingQuarantinedEvenIfItIsNamed() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    Savepoint rotten = world.retained().get(1);
    world.whenAsked(new Demand.Quarantine(rotten.id(), "a checksum"));
    CompletableFuture<Answer> answer =
        world.asking(new Demand.Start(new Demand.From.Path(rotten.path()), true));
    world.whenTimePasses(A_WHILE);
    assertThat(answer.join()).isInstanceOf(Answer.Failed.class);
    assertThat(answer.join().message()).contains("savepointd verify " + rotten.id());
    assertThat(world.runsSubmitted()).isEqualTo(1);
  }

  // foresight

  private Foresight.Foreseen foreseen(int walkBack, Demand.From from) {
    return new Foresight(
            KeeperWorld.JOB,
            KeeperWorld.settings(20, walkBack),
            Set.of(KeeperWorld.CLUSTER),
            world.store,
            world.clock)
        .of(
            new Demand.Start(from, false),
            world.history(),
            new ClusterView.Seen(world.clock.instant(), List.of()));
  }

  @Test
  void foreseesWhatAStartWouldDoAndDoesNothing() {
    world.givenTheJobRuns();
    world.givenSavepoints(2);
    List<Savepoint> were = world.retained();
    world.store.damage(were.get(0).path());
    Foresight.Foreseen foreseen = foreseen(1, new Demand.From.Usual());
    assertThat(foreseen.damaged())
        .extracting(d -> d.savepoint().id())
        .containsExactly(were.get(0).id());
    assertThat(foreseen.action())
        .isEqualTo(
            new Action.Submit(new Origin.Restored(were.get(1).path()), new Program.Configured()));
    assertThat(world.history().quarantined()).isEmpty();
    assertThat(foreseen(0, new Demand.From.Latest()).action())
        .isInstanceOf(Action.RefuseStart.class);
    assertThat(foreseen(0, new Demand.From.Nothing()).action())
        .isEqualTo(new Action.Submit(new Origin.Empty(), new Program.Configured()));
    world.store.unavailable("safe mode");
    assertThat(foreseen(1, new Demand.From.Usual()).action()).isInstanceOf(Action.Wait.class);
  }
}
