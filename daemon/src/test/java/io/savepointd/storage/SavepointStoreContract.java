package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.JobName;
import io.savepointd.model.StateFile;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every savepoint store does when it looks; {@link DeletionContract} has the rest. */
abstract class SavepointStoreContract extends SurveyContract {
  private static final JobName JOB = new JobName("averaging");
  private static final TriggerId TRIGGER = new TriggerId(ID);

  private String path() {
    return savepoint().path();
  }

  private void metadata(StateFile... files) throws IOException {
    write(path() + "/_metadata", TextMetadata.of(files));
  }

  private static StateFile exactly(String path, long bytes) {
    return new StateFile(path, bytes, true);
  }

  private static StateFile atLeast(String path, long bytes) {
    return new StateFile(path, bytes, false);
  }

  /** Both ways of looking agree, as long as every byte can be read. */
  private Verification look(String path) throws IOException {
    Verification verified = store().verify(path);
    assertThat(store().verifyDeep(path)).isEqualTo(verified);
    return verified;
  }

  @Test
  void rootIsQualifiedAndHasNoSlashAtItsEnd() {
    assertThat(store().root()).matches("[a-z]+:.*[^/]");
  }

  @Test
  void givesEachTriggerADirectoryOfItsOwn() {
    assertThat(store().directoryOf(JOB, TRIGGER))
        .isEqualTo(store().root() + "/averaging/0123456789abcdef0123456789abcdef");
  }

  @Test
  void listsTheCheckpointsOfARunCompleteOrNot() throws IOException {
    String run = beside() + "/run";
    write(run + "/chk-9/_metadata", "");
    makeDirectory(run + "/chk-10");
    makeDirectory(run + "/chk-x");
    makeDirectory(run + "/shared");
    write(run + "/chk-11", "a file");

    assertThat(store().checkpointsIn(run))
        .containsExactlyInAnyOrder(run + "/chk-9", run + "/chk-10");
    assertThat(store().checkpointsIn(beside() + "/nothing")).isEmpty();
  }

  @Test
  void saysTheNumberThatTheMetadataCarries() throws IOException {
    write(path() + "/_metadata", TextMetadata.of(42));

    assertThat(look(path()))
        .isInstanceOfSatisfying(
            Verification.Good.class, good -> assertThat(good.id()).isEqualTo(42));
  }

  @Test
  void savepointWithAllItsFilesIsGood() throws IOException {
    String outside = beside() + "/shared/of-another";
    write(outside, "1234567");
    write(path() + "/a", "12345");
    write(path() + "/b", "");
    metadata(exactly("a", 5), exactly("b", 0), exactly(outside, 7));
    long metadata = TextMetadata.of(exactly("a", 5), exactly("b", 0), exactly(outside, 7)).length();

    assertThat(look(path()))
        .isEqualTo(new Verification.Good(12 + metadata, 4, List.of(beside() + "/shared"), 0));
  }

  @Test
  void tellsWhenASavepointsMetadataWasWritten() throws IOException {
    assertThat(store().writtenAt(path())).isEmpty();
    write(path() + "/a", "12345");
    assertThat(store().writtenAt(path())).isEmpty();
    metadata(exactly("a", 5));
    Instant first = store().writtenAt(path()).orElseThrow();
    assertThat(store().writtenAt(path() + "/")).contains(first);
  }

  @Test
  void savepointWhoseStateLiesInItsMetadataIsGood() throws IOException {
    metadata();

    assertThat(look(path())).isEqualTo(new Verification.Good(3, 1, List.of(), 0));
  }

  @Test
  void namesEachDirectoryOutsideItsOwnOnceAndInOrder() throws IOException {
    String shared = beside() + "/shared";
    String sibling = directory() + "/savepoint-aabbcc-another";
    write(path() + "/deep/a", "1");
    for (String file :
        List.of(shared + "/x", shared + "/y", beside() + "/owned/z", sibling + "/s")) {
      write(file, "1");
    }
    metadata(
        exactly("deep/a", 1),
        exactly(shared + "/x", 1),
        exactly(sibling + "/s", 1),
        exactly("../savepoint-aabbcc-another/s", 1),
        exactly(shared + "/y", 1),
        exactly(path() + "/deep/a", 1),
        exactly(beside() + "/owned/z", 1));

    assertThat(look(path()))
        .isInstanceOfSatisfying(
            Verification.Good.class,
            good ->
                assertThat(good.outside())
                    .isSortedAccordingTo(Comparator.naturalOrder())
                    .containsExactlyInAnyOrder(beside() + "/owned", shared, sibling));
  }

  /** So many that they are looked up by a listing. */
  @Test
  void findsManyFilesOfADirectoryThatHoldsOthersToo() throws IOException {
    String shared = beside() + "/shared";
    StateFile[] files = new StateFile[20];
    for (int i = 0; i < files.length; i++) {
      write(shared + "/ours-" + i, "12345");
      write(shared + "/another's-" + i, "1");
      files[i] = exactly(shared + "/ours-" + i, 5);
    }
    metadata(files);
    assertThat(look(path()))
        .isInstanceOfSatisfying(
            Verification.Good.class, good -> assertThat(good.outside()).containsExactly(shared));

    files[3] = exactly(shared + "/ours-too", 5);
    files[6] = exactly(shared + "/ours-6", 6);
    makeDirectory(shared + "/ours-directory");
    files[7] = exactly(shared + "/ours-directory", 5);
    metadata(files);
    assertDamaged(
        "/shared/ours-too is missing",
        "/shared/ours-6 has 5 of its 6 bytes",
        "/shared/ours-directory is a directory");
  }

  @Test
  void manyFilesBelowAFileAreMissing() throws IOException {
    write(beside() + "/shared", "a file");
    StateFile[] files = new StateFile[20];
    for (int i = 0; i < files.length; i++) {
      files[i] = exactly(beside() + (i == 0 ? "/shared/shared" : "/shared/" + i), 6);
    }
    metadata(files);
    assertDamaged("/shared/shared is missing", "and 17 more");
  }

  @Test
  void filesWhoseNameIsNoneAreDamage() throws IOException {
    metadata(exactly("a\0b", 1), exactly(beside() + "/a\0b", 1), exactly("no:path", 1));

    assertDamaged("a\0b", "/a\0b", "no:path");
  }

  @Test
  void fileNamedByTwoPathsCountsOnce() throws IOException {
    write(path() + "/a", "12345");
    metadata(exactly("a", 5), exactly(path() + "/a", 5));

    assertThat(look(path()))
        .isInstanceOfSatisfying(
            Verification.Good.class, good -> assertThat(good.files()).isEqualTo(2));
  }

  @Test
  void filesInSubdirectoriesAreFound() throws IOException {
    write(path() + "/x/y/a", "12345");
    metadata(exactly("x/y/a", 5));
    assertThat(look(path())).isInstanceOf(Verification.Good.class);

    metadata(exactly("x/y/a", 5), exactly("x/y/b", 5), exactly("z/a", 5));
    assertDamaged("/x/y/b", "/z/a");
  }

  @Test
  void noDirectoryIsMissing() throws IOException {
    assertThat(look(path())).isInstanceOf(Verification.Missing.class);
  }

  @Test
  void directoryWithoutMetadataIsMissing() throws IOException {
    write(path() + "/a", "12345");

    assertThat(look(path()))
        .isInstanceOfSatisfying(
            Verification.Missing.class,
            missing -> assertThat(missing.reason()).contains(path(), "_metadata"));
  }

  @Test
  void pathThatIsNoneIsMissing() throws IOException {
    assertThat(look("")).isInstanceOf(Verification.Missing.class);
    assertThat(look("no:path")).isInstanceOf(Verification.Missing.class);
  }

  @Test
  void pathBelowAFileIsMissing() throws IOException {
    write(path(), "not a directory");

    assertThat(look(path() + "/deeper")).isInstanceOf(Verification.Missing.class);
  }

  @Test
  void fileInPlaceOfTheDirectoryIsDamaged() throws IOException {
    write(path(), "not a directory");

    assertDamaged(path());
  }

  @Test
  void directoryInPlaceOfTheMetadataIsDamaged() throws IOException {
    makeDirectory(path() + "/_metadata");

    assertDamaged("_metadata");
  }

  @Test
  void emptyMetadataIsDamaged() throws IOException {
    write(path() + "/_metadata", "");

    assertDamaged("_metadata");
  }

  @Test
  void metadataCutShortIsDamaged() throws IOException {
    write(path() + "/a", "12345");
    write(path() + "/_metadata", TextMetadata.of(exactly("a", 5)).substring(0, 12));

    assertDamaged("_metadata", "no end line");
  }

  @Test
  void missingFileIsDamage() throws IOException {
    metadata(exactly("a", 5));

    assertDamaged("/a");
  }

  @Test
  void missingFileElsewhereIsDamage() throws IOException {
    write(path() + "/a", "12345");
    metadata(exactly("a", 5), exactly(beside() + "/shared/gone", 5));

    assertDamaged("/shared/gone");
  }

  @Test
  void shortAndLongFilesAreDamage() throws IOException {
    write(path() + "/short", "1234");
    write(path() + "/right", "12345");
    write(path() + "/long", "123456");
    metadata(exactly("short", 5), exactly("right", 5), exactly("long", 5));

    assertDamaged("/short", "/long");
    assertThat(reasonOfDamage()).doesNotContain("/right");
  }

  @Test
  void fileThatSeveralHandlesPointIntoMayBeLonger() throws IOException {
    write(path() + "/merged", "123456");
    metadata(atLeast("merged", 5));
    assertThat(look(path())).isInstanceOf(Verification.Good.class);

    metadata(atLeast("merged", 7));
    assertDamaged("/merged");
  }

  @Test
  void directoryInPlaceOfAFileIsDamage() throws IOException {
    makeDirectory(path() + "/a");
    metadata(exactly("a", 0));

    assertDamaged("/a");
  }

  @Test
  void fileBelowAFileIsDamage() throws IOException {
    write(path() + "/a", "12345");
    write(beside() + "/shared", "a file");
    metadata(exactly("a/a", 5), exactly("a/b/c", 5), exactly(beside() + "/shared/a", 5));

    assertDamaged("/a/a", "/a/b/c", "/shared/a");
  }

  @Test
  void namesTheFirstFaultsAndCountsTheRest() throws IOException {
    metadata(exactly("a", 1), exactly("b", 1), exactly("c", 1), exactly("d", 1), exactly("e", 1));

    assertDamaged("/a", "/b", "/c", "2 more");
    assertThat(reasonOfDamage()).doesNotContain("/d");
  }

  @Test
  void nothingLiesUnderAJobNobodyHasSeen() throws IOException {
    write(store().root() + "/averaging-2/x/y", "another job's");
    write(store().root() + "/.savepointd/trash/averaging-1/x", "a tombstone");

    assertThat(store().anythingUnder(JOB)).isFalse();
  }

  @Test
  void nothingLiesUnderAnEmptyDirectory() throws IOException {
    makeDirectory(store().root() + "/averaging");

    assertThat(store().anythingUnder(JOB)).isFalse();
  }

  @Test
  void whateverLiesUnderAJobIsSeen() throws IOException {
    makeDirectory(store().root() + "/averaging/of-somebody-else");

    assertThat(store().anythingUnder(JOB)).isTrue();
  }

  @Test
  void fileInPlaceOfAJobsDirectoryIsSeen() throws IOException {
    write(store().root() + "/averaging", "?");

    assertThat(store().anythingUnder(JOB)).isTrue();
  }

  @Test
  void listsSavepointsCompleteOrNot() throws IOException {
    String directory = store().directoryOf(JOB, TRIGGER);
    write(directory + "/savepoint-b/half", "1");
    write(directory + "/savepoint-a/_metadata", "1");
    write(directory + "/savepoint-file", "no directory");
    write(directory + "/other/savepoint-c/_metadata", "1");

    assertThat(store().savepointsIn(directory))
        .containsExactly(directory + "/savepoint-a", directory + "/savepoint-b");
  }

  @Test
  void noDirectoryHoldsNoSavepoints() throws IOException {
    assertThat(store().savepointsIn(store().directoryOf(JOB, TRIGGER))).isEmpty();
  }

  @Test
  void lookingChangesNothing() throws IOException {
    write(path() + "/a", "12345");
    metadata(exactly("a", 5), exactly("b", 5));
    var before = tree();

    look(path());
    store().survey();
    store().anythingUnder(JOB);
    store().anythingUnder(new JobName("another"));
    store().savepointsIn(store().directoryOf(JOB, TRIGGER));

    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void mayBeClosedTwice() {
    store().close();
    store().close();
  }

  private void assertDamaged(String... parts) throws IOException {
    assertThat(reasonOfDamage()).contains(parts);
  }

  private String reasonOfDamage() throws IOException {
    Verification verification = look(path());
    assertThat(verification).isInstanceOf(Verification.Damaged.class);
    return ((Verification.Damaged) verification).reason();
  }
}
