package io.savepointd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.ledger.Event;
import io.savepointd.model.JobName;
import io.savepointd.model.Run;
import io.savepointd.model.Savepoint;
import io.savepointd.model.SavepointFormat;
import io.savepointd.model.SavepointId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Savepoints on which more than one job, or savepoint, stands. */
class OtherJobsTest {
  private static final JobName OTHER = new JobName("other");
  private static final SavepointId THEIRS = new SavepointId("c".repeat(32));
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final KeeperWorld world = new KeeperWorld();
  private String path = "";

  @BeforeEach
  void begin() {
    world.givenTheJobRuns();
    world.givenSavepoints(1);
    path = world.store.writeSavepoint(world.store.root() + "/other/" + THEIRS);
  }

  private void givenAnotherJobHasIt(List<String> outside) {
    world.givenTheLedgerSays(
        new Event.SavepointAdopted(
            world.clock.instant(),
            OTHER,
            THEIRS,
            path,
            world.clock.instant(),
            SavepointFormat.CANONICAL,
            7,
            2,
            outside));
  }

  private Answer startingFromIt() {
    CompletableFuture<Answer> answer =
        world.asking(new Demand.Start(new Demand.From.Path(path), true));
    world.whenTimePasses(SECOND);
    return answer.join();
  }

  @Test
  void startsFromWhatAnotherJobRetains() {
    givenAnotherJobHasIt(List.of());
    assertThat(startingFromIt()).isInstanceOf(Answer.Done.class);
  }

  /** It is whole at the moment, but another lane is about to delete it. */
  @Test
  void startsFromNothingThatAnotherJobHasCondemned() {
    givenAnotherJobHasIt(List.of());
    world.givenTheLedgerSays(
        new Event.SavepointExpired(world.clock.instant(), OTHER, THEIRS, "old"));
    assertThat(startingFromIt()).isInstanceOf(Answer.Failed.class);
    Run given = world.history().runs().get(1);
    assertThat(given.phase())
        .isInstanceOfSatisfying(
            Run.Phase.NotStarted.class, p -> assertThat(p.reason()).contains("condemned"));
    world.thenNoRuleWasBroken();
  }

  /** The directory goes as a whole. */
  @Test
  void startsFromNothingInADirectoryThatAnotherJobHasCondemned() {
    givenAnotherJobHasIt(List.of());
    world.givenTheLedgerSays(
        new Event.SavepointExpired(world.clock.instant(), OTHER, THEIRS, "old"));
    path = world.store.writeSavepoint(world.store.root() + "/other/" + THEIRS);
    assertThat(startingFromIt()).isInstanceOf(Answer.Failed.class);
    assertThat(world.history().runs().get(1).phase()).isInstanceOf(Run.Phase.NotStarted.class);
  }

  @Test
  void keepsTheDirectoryThatAnotherSavepointLiesIn() {
    Savepoint ours = world.retained().get(0);
    path = ours.path() + "-of-a-second-try";
    givenAnotherJobHasIt(List.of());
    assertThat(needed(Optional.empty()).get(ours.id())).contains("lies in its directory");
  }

  /** It was condemned for a better one, which has turned out damaged. */
  @Test
  void keepsTheLastOneThatMayBeGoodThoughItIsCondemned() {
    Savepoint older = world.retained().get(0);
    world.givenSavepoints(1);
    Savepoint newest = world.retained().get(0);
    world.givenTheLedgerSays(
        new Event.SavepointExpired(world.clock.instant(), KeeperWorld.NAME, older.id(), "old"));
    assertThat(needed(Optional.empty())).isEmpty();
    world.givenTheLedgerSays(
        new Event.SavepointQuarantined(
            world.clock.instant(), KeeperWorld.NAME, newest.id(), "rotten"));
    assertThat(needed(Optional.empty())).containsOnlyKeys(older.id());
    world.givenSavepoints(1);
    assertThat(needed(Optional.empty())).isEmpty();
  }

  private Map<SavepointId, String> needed(Optional<String> wanted) {
    return new Needed(world.store).of(world.history(), world.ledger().history().jobs(), wanted);
  }

  @Test
  void keepsWhatAnotherSavepointNeedsFilesOf() {
    Savepoint ours = world.retained().get(0);
    String directory = ours.path().substring(0, ours.path().lastIndexOf('/'));
    assertThat(needed(Optional.empty())).isEmpty();
    givenAnotherJobHasIt(List.of(directory));
    assertThat(needed(Optional.empty()).get(ours.id())).contains(THEIRS.value());
  }

  @Test
  void keepsWhatAnotherSavepointNoLongerNeedsOnlyUntilThatIsDeleted() {
    Savepoint ours = world.retained().get(0);
    givenAnotherJobHasIt(List.of(ours.path()));
    assertThat(needed(Optional.empty())).containsKey(ours.id());
    world.givenTheLedgerSays(
        new Event.SavepointExpired(world.clock.instant(), OTHER, THEIRS, "old"));
    assertThat(needed(Optional.empty())).containsKey(ours.id());
    world.givenTheLedgerSays(new Event.SavepointDeleted(world.clock.instant(), OTHER, THEIRS));
    assertThat(needed(Optional.empty())).isEmpty();
  }

  @Test
  void keepsWhatIsPinnedWantedOrMadeByHand() {
    Savepoint ours = world.retained().get(0);
    assertThat(needed(Optional.of(ours.path() + "/")).get(ours.id())).contains("asked for");
    world.whenAsked(new Demand.Pin(ours.id(), true));
    assertThat(needed(Optional.empty()).get(ours.id())).isEqualTo("pinned");
    world.givenTheLedgerSays(
        new Event.SavepointAdopted(
            world.clock.instant(),
            KeeperWorld.NAME,
            THEIRS,
            path,
            world.clock.instant(),
            SavepointFormat.CANONICAL,
            7,
            2,
            List.of()));
    assertThat(needed(Optional.empty()).get(THEIRS)).contains("made by hand");
  }
}
