package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.model.Occasion;
import io.savepointd.model.RunState;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import io.savepointd.storage.Verification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pins, quarantine and adoption. */
class CareTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final SavepointId UNKNOWN = new SavepointId("e".repeat(32));

  private final KeeperWorld world = new KeeperWorld();

  @AfterEach
  void noRuleIsEverBroken() {
    world.thenNoRuleWasBroken();
  }

  private Savepoint given(int count) {
    world.givenTheJobRuns();
    world.givenSavepoints(count);
    return world.retained().get(0);
  }

  private Answer asked(Demand demand) {
    return world.asking(demand).join();
  }

  private Savepoint now(SavepointId id) {
    return world.history().savepoint(id).orElseThrow();
  }

  @Test
  void keepsAPinnedSavepointUntilItIsUnpinned() {
    Savepoint pinned = given(1);
    assertThat(asked(new Demand.Pin(pinned.id(), true))).isInstanceOf(Answer.Done.class);
    world.givenSavepoints(4);
    assertThat(now(pinned.id()).state()).isEqualTo(Savepoint.State.RETAINED);
    assertThat(asked(new Demand.Pin(pinned.id(), false))).isInstanceOf(Answer.Done.class);
    world.whenTimePasses(SECOND);
    assertThat(now(pinned.id()).state()).isEqualTo(Savepoint.State.DELETED);
    world.thenNothingIsLeftOpen();
  }

  @Test
  void writesAPinOnlyOnce() {
    Savepoint pinned = given(1);
    asked(new Demand.Pin(pinned.id(), true));
    asked(new Demand.Pin(pinned.id(), true));
    assertThat(world.medium.events().stream().filter(Event.SavepointPinned.class::isInstance))
        .hasSize(1);
  }

  @Test
  void pinsNothingThatIsNotKept() {
    given(3);
    Savepoint deleted = world.history().savepoints().get(0);
    assertThat(deleted.state()).isEqualTo(Savepoint.State.DELETED);
    assertThat(asked(new Demand.Pin(deleted.id(), true))).isInstanceOf(Answer.Refused.class);
    assertThat(asked(new Demand.Pin(UNKNOWN, true))).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void neverDeletesNorRestoresFromWhatIsQuarantined() {
    Savepoint newest = given(2);
    Answer answer = asked(new Demand.Quarantine(newest.id(), "rotten"));
    assertThat(answer).isInstanceOf(Answer.Done.class);
    assertThat(answer.message()).contains("rotten");
    world.givenSavepoints(3);
    assertThat(now(newest.id()).state()).isEqualTo(Savepoint.State.QUARANTINED);
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(2));
    world.thenTheLastRunWasRestoredFrom(world.retained().get(0));
    assertThat(world.store.entries()).containsKey(newest.path() + "/_metadata");
  }

  @Test
  void quarantinesOnlyWhatIsRetainedAndClearsOnlyWhatIsQuarantined() {
    Savepoint savepoint = given(1);
    assertThat(asked(new Demand.Clear(savepoint.id()))).isInstanceOf(Answer.Refused.class);
    asked(new Demand.Quarantine(savepoint.id(), "x"));
    assertThat(asked(new Demand.Quarantine(savepoint.id(), "x")))
        .isInstanceOf(Answer.Refused.class);
    assertThat(asked(new Demand.Clear(savepoint.id()))).isInstanceOf(Answer.Done.class);
    assertThat(now(savepoint.id()).state()).isEqualTo(Savepoint.State.RETAINED);
    assertThat(asked(new Demand.Quarantine(UNKNOWN, "x"))).isInstanceOf(Answer.Refused.class);
  }

  private Answer adopting(String path) {
    Verification.Good good = new Verification.Good(7, 2, List.of(), 1);
    return asked(
        new Demand.Adopt(path, KeeperWorld.START.plusSeconds(60), SavepointFormat.NATIVE, good));
  }

  @Test
  void restoresFromAnAdoptedSavepointAndNeverDeletesIt() {
    given(1);
    String path = world.store.writeSavepoint("hdfs://fake:9000/by-hand");
    assertThat(adopting(path)).isInstanceOf(Answer.Done.class);
    Savepoint adopted = world.retained().get(0);
    assertThat(adopted.path()).isEqualTo(path);
    assertThat(adopted.occasion()).isEqualTo(new Occasion.Adopted());
    assertThat(adopted.format()).isEqualTo(SavepointFormat.NATIVE);
    assertThat(adopted.run()).isEmpty();
    world.cluster.kill(world.runId(), RunState.FAILED);
    world.whenTimePasses(Duration.ofSeconds(2));
    world.thenTheLastRunWasRestoredFrom(adopted);
    world.whenTimePasses(Duration.ofMinutes(2));
    world.givenSavepoints(4);
    assertThat(now(adopted.id()).state()).isEqualTo(Savepoint.State.RETAINED);
  }

  @Test
  void adoptsNothingTwiceWhateverItsSpelling() {
    Savepoint known = given(1);
    assertThat(adopting(known.path())).isInstanceOf(Answer.Refused.class);
    assertThat(adopting(known.path() + "/").message()).contains(known.id().value());
    assertThat(world.history().savepoints()).hasSize(1);
  }

  @Test
  void adoptsUnderTheTriggersIdWhatLiesInItsDirectory() {
    given(1);
    String id = "d".repeat(32);
    String path = world.store.writeSavepoint(world.store.root() + "/averaging/" + id);
    adopting(path);
    assertThat(now(new SavepointId(id)).path()).isEqualTo(path);
  }

  /** By two hands it would be on the ledger twice, or be deleted as a leftover. */
  @Test
  void adoptsNothingFromADirectoryThatIsNotSettled() {
    given(1);
    world.cluster.completeSavepointsAtOnce(false);
    world.whenTheScheduleFires("frequent");
    world.whenTimePasses(Duration.ofMillis(50));
    String directory = world.history().openTriggers().get(0).directory();
    String path = world.store.writeSavepoint(directory);
    assertThat(adopting(path)).isInstanceOf(Answer.Refused.class);
    world.store.vanish(path);
    world.cluster.failSavepoint(world.history().openTriggers().get(0).id(), "no");
    world.whenTimePasses(SECOND);
    assertThat(world.history().leftovers()).hasSize(1);
    String late = world.store.writeSavepoint(directory);
    assertThat(adopting(late)).isInstanceOf(Answer.Refused.class);
    world.whenTimePasses(Duration.ofMinutes(12));
    assertThat(world.retained()).extracting(Savepoint::path).contains(late);
    assertThat(world.history().leftovers()).isEmpty();
  }

  @Test
  void deletesAgainOnlyWhatTheLedgerCallsDeleted() {
    Savepoint newest = given(3);
    Savepoint deleted = world.history().savepoints().get(0);
    world.store.writeFile(deleted.path() + "/rest", "x");
    world.store.unavailable("safe mode");
    assertThat(asked(new Demand.DeleteAgain(deleted.id()))).isInstanceOf(Answer.Unreachable.class);
    world.store.available();
    assertThat(asked(new Demand.DeleteAgain(deleted.id()))).isInstanceOf(Answer.Done.class);
    assertThat(world.store.entries()).doesNotContainKey(deleted.path() + "/rest");
    assertThat(asked(new Demand.DeleteAgain(newest.id()))).isInstanceOf(Answer.Refused.class);
    assertThat(asked(new Demand.DeleteAgain(UNKNOWN))).isInstanceOf(Answer.Refused.class);
  }
}
