package io.savepointd.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.ledger.Event;
import io.savepointd.ledger.History;
import io.savepointd.model.ClusterName;
import io.savepointd.model.JobName;
import io.savepointd.model.Origin;
import io.savepointd.model.RunId;
import io.savepointd.scrub.Finding.Kind;
import io.savepointd.storage.FakeSavepointStore;
import io.savepointd.storage.StorageUnavailable;
import io.savepointd.supervise.Demand;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a scrub finds, on a storage in memory that began in 1970, so that all on it is old. */
class ScrubTest {
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Instant NOW = Told.START.plusSeconds(60);

  private final FakeSavepointStore store = new FakeSavepointStore();
  private final Told told = new Told();

  @Test
  void findsNothingWhereLedgerAndStorageAgree() throws Exception {
    told.retained(1, write(1)).triggered(2).retained(3, write(3)).deleted(4);
    write(2);

    assertThat(shallow()).isEmpty();
    assertThat(deep()).isEmpty();
  }

  @Test
  void quarantinesWhatIsMissingOrDamaged() throws Exception {
    String gone = write(1);
    String cut = write(2);
    told.retained(1, gone).retained(2, cut);
    store.vanish(gone);
    store.damage(cut);

    List<Finding> findings = shallow();

    assertThat(findings).extracting(Finding::kind).containsExactly(Kind.MISSING, Kind.DAMAGED);
    assertThat(findings).extracting(Finding::path).containsExactly(gone, cut);
    assertThat(findings.get(0).repair().orElseThrow())
        .isInstanceOfSatisfying(
            Demand.Quarantine.class,
            q -> {
              assertThat(q.savepoint()).isEqualTo(Told.savepoint(1));
              assertThat(q.reason()).startsWith("found by scrub: ").contains("_metadata");
            });
    assertThat(findings.get(1).repair().orElseThrow()).isInstanceOf(Demand.Quarantine.class);
  }

  @Test
  void findsRottenBytesOnlyByReadingThem() throws Exception {
    String path = write(1);
    told.retained(1, path);
    store.rot(path);

    assertThat(shallow()).isEmpty();
    assertThat(deep()).extracting(Finding::kind).containsExactly(Kind.DAMAGED);
  }

  @Test
  void takesBackWhatIsGoodToItsLastByteAndNothingLess() throws Exception {
    told.retained(1, write(1)).quarantined(1);

    Finding perhaps = only(shallow());
    assertThat(perhaps.kind()).isEqualTo(Kind.QUARANTINED);
    assertThat(perhaps.repair()).isEmpty();
    assertThat(perhaps.remedy()).contains("--deep --repair");

    Finding proved = only(deep());
    assertThat(proved.kind()).isEqualTo(Kind.RECOVERED);
    assertThat(proved.repair()).contains(new Demand.Clear(Told.savepoint(1)));
  }

  @Test
  void leavesWhatIsQuarantinedAndStillNoGood() throws Exception {
    String rotten = write(1);
    String gone = write(2);
    told.retained(1, rotten).quarantined(1).retained(2, gone).quarantined(2);
    store.rot(rotten);
    store.vanish(gone);

    assertThat(deep())
        .allSatisfy(f -> assertThat(f.kind()).isEqualTo(Kind.QUARANTINED))
        .allSatisfy(f -> assertThat(f.repair()).isEmpty())
        .extracting(Finding::what)
        .anyMatch(w -> w.startsWith("nothing is left of it"))
        .anyMatch(w -> w.contains("checksum error"));
  }

  @Test
  void offersAnOrphanWithAGoodSavepointForAdoption() throws Exception {
    String path = write(1);

    Finding orphan = only(shallow());

    assertThat(orphan.kind()).isEqualTo(Kind.ORPHAN);
    assertThat(orphan.remedy()).isEqualTo("`savepointd adopt averaging " + path + "` takes it in");
    assertThat(orphan.repair()).isEmpty();
  }

  @Test
  void onlyTellsOfAnOrphanWithoutAGoodSavepoint() throws Exception {
    store.damage(write(1));
    store.makeDirectory(directory(2));

    List<Finding> orphans = shallow();

    assertThat(orphans).extracting(Finding::kind).containsExactly(Kind.ORPHAN, Kind.ORPHAN);
    assertThat(orphans).allSatisfy(f -> assertThat(f.repair()).isEmpty());
    assertThat(orphans).noneMatch(f -> f.remedy().contains("adopt"));
    assertThat(orphans.get(0).what()).endsWith("no good savepoint is in it");
    assertThat(orphans.get(1).what()).endsWith("no savepoint is in it");
  }

  @Test
  void callsNothingAnOrphanThatMayStillBeWritten() throws Exception {
    write(1);
    store.touch(directory(1), NOW.minus(GRACE).plusSeconds(1));
    assertThat(only(shallow()).kind()).isEqualTo(Kind.YOUNG);

    store.touch(directory(1), NOW.minus(GRACE));
    assertThat(only(shallow()).kind()).isEqualTo(Kind.ORPHAN);
  }

  @Test
  void callsNothingAnOrphanThatABeganWhileItLooked() throws Exception {
    write(1);

    assertThat(findings(History.empty(), told.triggered(1).history(), false)).isEmpty();
  }

  @Test
  void callsNothingMissingThatRetentionTookWhileItLooked() throws Exception {
    String path = write(1);
    History before = told.retained(1, path).history();
    store.vanish(path);

    assertThat(findings(before, told.expired(1).history(), false))
        .extracting(Finding::kind)
        .containsExactly(Kind.EXPIRED);
    assertThat(findings(before, told.deleted(1).history(), false)).isEmpty();
  }

  @Test
  void callsNothingUndeletedWhoseDeletionEndedWhileItLooked() throws Exception {
    History before = told.retained(1, write(1)).expired(1).history();

    assertThat(findings(before, told.deleted(1).history(), false)).isEmpty();
    assertThat(only(findings(told.history(), told.history(), false)).kind())
        .isEqualTo(Kind.UNDELETED);
  }

  @Test
  void saysNothingOfASavepointThatAPersonClearedWhileItLooked() throws Exception {
    String path = write(1);
    store.damage(path);
    History before = told.retained(1, path).quarantined(1).history();
    History after =
        told.with(new Event.SavepointCleared(Told.START, Told.JOB, Told.savepoint(1))).history();

    assertThat(findings(before, after, false)).isEmpty();
  }

  @Test
  void deletesAgainWhatIsBack() throws Exception {
    told.retained(1, write(1)).deleted(1);

    Finding undeleted = only(shallow());

    assertThat(undeleted.kind()).isEqualTo(Kind.UNDELETED);
    assertThat(undeleted.repair()).contains(new Demand.DeleteAgain(Told.savepoint(1)));
  }

  @Test
  void deletesNothingAgainThatAnAdoptedSavepointLiesIn() throws Exception {
    String path = write(1);
    told.retained(1, path).deleted(1).adopted(9, path);

    Finding kept = only(shallow());

    assertThat(kept.kind()).isEqualTo(Kind.UNDELETED);
    assertThat(kept.what()).contains(Told.id(9) + " lies in it");
    assertThat(kept.repair()).isEmpty();
  }

  /** {@code hdfs://fake} and {@code hdfs://fake:9000} may be one server. */
  @Test
  void deletesNothingAgainThatMayHoldAnAdoptedSavepointSpelledAnotherWay() throws Exception {
    String path = write(1);
    told.retained(1, path).deleted(1).adopted(9, path.replace("fake:9000", "fake"));

    assertThat(shallow())
        .filteredOn(f -> f.kind() == Kind.UNDELETED)
        .hasSize(1)
        .allSatisfy(f -> assertThat(f.repair()).isEmpty());
  }

  @Test
  void deletesNothingAgainWhoseFilesAnotherNeedsOrARunStandsOn() throws Exception {
    String path = write(1);
    told.retained(1, path).deleted(1);
    told.retained(2, write(2), directory(1));
    assertThat(only(shallow()).repair()).isEmpty();

    Told standing = new Told().retained(1, path).deleted(1).retained(2, write(2));
    standing.with(
        new Event.RunAdopted(
            Told.START,
            Told.JOB,
            new RunId(Told.id(7)),
            new ClusterName("main"),
            new Origin.Restored(path)));
    History history = standing.history();
    assertThat(findings(history, history, false))
        .filteredOn(f -> f.kind() == Kind.UNDELETED)
        .allSatisfy(f -> assertThat(f.repair()).isEmpty())
        .isNotEmpty();
  }

  @Test
  void tellsWhenALeftoverGoes() throws Exception {
    write(1);
    write(2);
    told.failed(1).failed(2).leftoverExpired(2).failed(3);

    List<Finding> leftovers = shallow();

    assertThat(leftovers).extracting(Finding::kind).containsExactly(Kind.LEFTOVER, Kind.LEFTOVER);
    assertThat(leftovers.get(0).next()).contains(Told.START.plus(GRACE).toString());
    assertThat(leftovers.get(1).next()).isEqualTo("being deleted by the daemon");
    assertThat(leftovers).noneMatch(f -> f.kind().wrong());
  }

  @Test
  void finishesTheDeletionOfATombstoneItKnowsAndLeavesAllOthers() throws Exception {
    told.retained(1, "x").deleted(1).retained(2, "y").expired(2).retained(3, write(3));
    for (int n = 1; n <= 4; n++) {
      store.makeDirectory(tombstone(n));
    }
    store.makeDirectory(store.root() + "/.savepointd/trash/odd");

    List<Finding> findings = shallow();

    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactly(
            Kind.UNDELETED, Kind.TOMBSTONE, Kind.TOMBSTONE, Kind.TOMBSTONE, Kind.EXPIRED);
    assertThat(findings.get(0).repair()).contains(new Demand.DeleteAgain(Told.savepoint(1)));
    assertThat(findings.get(1).path()).isEqualTo(tombstone(3));
    assertThat(findings.get(1).remedy()).contains("-mv " + tombstone(3)).doesNotContain("-rm");
    assertThat(findings.get(2).path()).isEqualTo(tombstone(4));
    assertThat(findings.subList(1, 5)).allSatisfy(f -> assertThat(f.repair()).isEmpty());
  }

  @Test
  void tellsOfForeignThingsAndCallsThemNoFault() throws Exception {
    store.writeFile(store.root() + "/notes.txt", "x");
    store.writeFile(store.root() + "/averaging/notes.txt", "x");

    assertThat(shallow())
        .extracting(Finding::kind)
        .containsExactly(Kind.FOREIGN, Kind.FOREIGN)
        .noneMatch(Kind::wrong);
  }

  @Test
  void saysNothingOfCheckpointsBelowTheRoot() throws Exception {
    store.writeCheckpoint(store.root() + "/averaging/" + "a".repeat(32), 7);

    assertThat(shallow()).isEmpty();
  }

  @Test
  void verifiesWhatLiesOutsideTheRootToo() throws Exception {
    String outside = store.writeSavepoint("hdfs://fake:9000/by-hand");
    told.adopted(1, outside);
    assertThat(shallow()).isEmpty();

    store.vanish(outside);
    assertThat(only(shallow()).kind()).isEqualTo(Kind.MISSING);
  }

  @Test
  void keepsToTheJobThatItIsAskedAbout() throws Exception {
    told.retained(1, write(1));
    store.writeSavepoint(store.root() + "/other/" + Told.id(2));
    store.writeFile(store.root() + "/other/notes.txt", "x");
    store.writeFile(store.root() + "/notes.txt", "x");

    assertThat(findings(told.history(), told.history(), false, Optional.of(Told.JOB))).isEmpty();
    assertThat(findings(told.history(), told.history(), false, Optional.of(new JobName("other"))))
        .extracting(Finding::kind)
        .containsExactly(Kind.ORPHAN, Kind.FOREIGN);
  }

  @Test
  void concludesNothingFromASavepointThatCannotBeReadAndJudgesTheRest() throws Exception {
    String outOfReach = write(1);
    String cut = write(2);
    told.retained(1, outOfReach).retained(2, cut);
    write(3);
    store.damage(cut);
    History history = told.history();

    Evidence evidence =
        new Gathering(new HalfBlindStore(store, path -> !path.equals(cut)))
            .gather(() -> history, Optional.empty(), false);
    List<Finding> findings =
        new Scrub(store.root(), name -> GRACE).findings(evidence, Optional.empty(), NOW);

    assertThat(findings)
        .extracting(Finding::kind)
        .containsExactly(Kind.DAMAGED, Kind.UNCLEAR, Kind.ORPHAN);
    assertThat(findings.get(1).repair()).isEmpty();
    assertThat(findings.get(2).what()).endsWith("can't be read at the moment");
  }

  @Test
  void findsNothingWhereTheStorageCannotBeRead() {
    told.retained(1, write(1));
    store.unavailable("connection refused");

    assertThatThrownBy(this::shallow).isInstanceOf(StorageUnavailable.class);
  }

  private List<Finding> shallow() throws IOException {
    return findings(told.history(), told.history(), false);
  }

  private List<Finding> deep() throws IOException {
    return findings(told.history(), told.history(), true);
  }

  private List<Finding> findings(History before, History after, boolean deep) throws IOException {
    return findings(before, after, deep, Optional.empty());
  }

  private List<Finding> findings(History before, History after, boolean deep, Optional<JobName> job)
      throws IOException {
    Deque<History> readings = new ArrayDeque<>(List.of(before, after));
    Evidence evidence = new Gathering(store).gather(readings::remove, job, deep);
    return new Scrub(store.root(), name -> GRACE).findings(evidence, job, NOW);
  }

  private static Finding only(List<Finding> findings) {
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  private String write(int trigger) {
    return store.writeSavepoint(directory(trigger));
  }

  private String directory(int trigger) {
    return store.directoryOf(Told.JOB, Told.trigger(trigger));
  }

  private String tombstone(int trigger) {
    return store.root() + "/.savepointd/trash/averaging-" + Told.id(trigger);
  }
}
