package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.savepointd.model.JobName;
import io.savepointd.model.StateFile;
import io.savepointd.model.TriggerId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSavepointStoreTest extends SavepointStoreContract {
  @TempDir private Path world;
  private SavepointStore store;

  @BeforeEach
  void open() throws IOException {
    store = open("file://" + world + "/root/");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static SavepointStore open(String root) throws IOException {
    return HadoopSavepointStore.open(root, Optional.empty(), new TextMetadata());
  }

  @Override
  SavepointStore store() {
    return store;
  }

  @Override
  void write(String path, String content) throws IOException {
    Files.createDirectories(local(path).getParent());
    Files.writeString(local(path), content);
  }

  @Override
  void makeDirectory(String path) throws IOException {
    Files.createDirectories(local(path));
  }

  @Override
  void touch(String path, Instant modifiedAt) throws IOException {
    Files.setLastModifiedTime(local(path), FileTime.from(modifiedAt));
  }

  @Override
  Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(world)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isSymbolicLink(path)) {
          tree.put(path.toString(), "-> " + Files.readSymbolicLink(path));
        } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          tree.put(path + "/", "");
        } else {
          tree.put(path.toString(), Files.readString(path));
        }
      }
    }
    return tree;
  }

  private static Path local(String path) {
    return Path.of(URI.create(path).getPath());
  }

  private void link(String path, String target) throws IOException {
    Files.createDirectories(local(path).getParent());
    Files.createSymbolicLink(local(path), local(target));
  }

  @Test
  void takesBothSpellingsOfALocalPath() throws IOException {
    String path = "file://" + local(savepoint().path());
    write(path + "/_metadata", TextMetadata.of());

    assertThat(store.root()).isEqualTo("file:" + world + "/root");
    assertThat(store.verify(path)).isInstanceOf(Verification.Good.class);
    store.delete(savepoint(path));
    assertThat(local(directory())).doesNotExist();
  }

  @Test
  void pathWithoutSchemeLiesOnTheRootsFileSystem() throws IOException {
    String state = beside() + "/state";
    write(state, "12345");
    write(
        savepoint().path() + "/_metadata",
        TextMetadata.of(new StateFile(local(state).toString(), 5, true)));

    // Without "scheme:" it is absolute all the same.
    assertThat(store.verify(local(savepoint().path()).toString()))
        .isInstanceOf(Verification.Good.class);
  }

  @Test
  void strayChecksumFilesNeitherCountNorHarm() throws IOException {
    write(savepoint().path() + "/_metadata", TextMetadata.of(new StateFile("a", 5, true)));
    write(savepoint().path() + "/a", "12345");
    write(savepoint().path() + "/.a.crc", "wrong");
    write(savepoint().path() + "/._metadata.crc", "wrong");

    assertThat(store.verify(savepoint().path()))
        .isInstanceOfSatisfying(
            Verification.Good.class, good -> assertThat(good.files()).isEqualTo(2));
  }

  @Test
  void neverFollowsALinkInsideWhatItDeletes() throws IOException {
    write(beside() + "/precious/file", "precious");
    plantNeighbours();
    Map<String, String> neighbours = tree();
    link(savepoint().path() + "/link", beside() + "/precious");
    link(savepoint().path() + "/file-link", beside() + "/precious/file");
    link(savepoint().path() + "/dangling", beside() + "/gone");
    link(directory() + "/savepoint-link", beside() + "/precious");

    store.delete(savepoint());

    assertThat(tree()).isEqualTo(neighbours);
  }

  @Test
  void linksAreForeignWhereverTheyLead() throws IOException {
    write(beside() + "/jobs/" + ID + "/savepoint-1/_metadata", "1");
    link(store.root() + "/linked", beside() + "/jobs");
    link(directory(), beside() + "/jobs/" + ID);
    link(tombstone(), beside() + "/jobs/" + ID);

    assertThat(store.survey())
        .extracting(Stored::path, Stored::kind)
        .containsExactly(
            tuple(tombstone(), new Stored.Foreign()),
            tuple(directory(), new Stored.Foreign()),
            tuple(store.root() + "/linked", new Stored.Foreign()));
  }

  @Test
  void trashThatIsALinkIsForeign() throws IOException {
    makeDirectory(beside() + "/trash/averaging-" + ID);
    link(store.root() + "/.savepointd/trash", beside() + "/trash");

    assertThat(store.survey())
        .extracting(Stored::path, Stored::kind)
        .containsExactly(tuple(store.root() + "/.savepointd/trash", new Stored.Foreign()));
  }

  @Test
  void neverDeletesATriggersDirectoryOverALink() throws IOException {
    write(beside() + "/precious/file", "1");
    link(directory(), beside() + "/precious");
    Map<String, String> before = tree();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.deleteTrigger(new JobName("averaging"), new TriggerId(ID)))
        .withMessageContaining("nothing is deleted");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void endsADeepReadWhenItsThreadIsInterrupted() throws IOException {
    write(savepoint().path() + "/a", "12345");
    write(savepoint().path() + "/_metadata", TextMetadata.of(new StateFile("a", 5, true)));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> store.verifyDeep(savepoint().path()))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining(savepoint().path());
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void readsFilesLargerThanItsBuffer() throws IOException {
    String large = "x".repeat(1_000_000);
    write(savepoint().path() + "/a", large);
    write(savepoint().path() + "/_metadata", TextMetadata.of(new StateFile("a", 1_000_000, true)));

    assertThat(store.verifyDeep(savepoint().path())).isInstanceOf(Verification.Good.class);
  }

  @Test
  void refusesATriggerDirectoryThatIsALink() throws IOException {
    write(beside() + "/precious/savepoint-aabbcc-0123456789ab/_metadata", "1");
    link(directory(), beside() + "/precious");

    assertRefusedWithoutATrace();
  }

  @Test
  void refusesALinkThatLeadsNowhere() throws IOException {
    link(directory(), beside() + "/gone");

    assertRefusedWithoutATrace();
  }

  @Test
  void refusesAJobDirectoryThatIsALink() throws IOException {
    write(beside() + "/jobs/" + ID + "/savepoint-aabbcc-0123456789ab/_metadata", "1");
    link(store.root() + "/averaging", beside() + "/jobs");

    assertRefusedWithoutATrace();
  }

  @Test
  void refusesATrashThatIsALink() throws IOException {
    write(savepoint().path() + "/_metadata", "1");
    write(beside() + "/trash/averaging-" + ID + "/file", "1");
    link(store.root() + "/.savepointd/trash", beside() + "/trash");

    assertRefusedWithoutATrace();
  }

  @Test
  void refusesAFileInPlaceOfATriggerDirectory() throws IOException {
    write(directory(), "who made this?");

    assertRefusedWithoutATrace();
  }

  @Test
  void rootMayLieBehindALink() throws IOException {
    Files.createDirectories(world.resolve("real"));
    Files.createSymbolicLink(world.resolve("root"), world.resolve("real"));
    write(savepoint().path() + "/_metadata", "1");

    store.delete(savepoint());

    assertThat(world.resolve("real/averaging/" + ID)).doesNotExist();
    assertThat(world.resolve("real/averaging")).exists();
  }

  private void assertRefusedWithoutATrace() throws IOException {
    Map<String, String> before = tree();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.delete(savepoint()))
        .withMessageContaining("nothing is deleted");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void saysWhenTheTombstoneCannotBeMade() throws IOException {
    write(savepoint().path() + "/_metadata", "1");
    write(store.root() + "/.savepointd", "a file in the way");
    Map<String, String> before = tree();

    assertThatThrownBy(() -> store.delete(savepoint()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".savepointd");
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void isUnavailableOnceClosed() {
    store.close();

    assertThatThrownBy(() -> store.anythingUnder(new JobName("averaging")))
        .isInstanceOf(StorageUnavailable.class);
    assertThatThrownBy(() -> store.verify(savepoint().path()))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining("closed");
  }

  @Test
  void ioTroubleSaysNothingAboutTheSavepoint() throws IOException {
    write(savepoint().path() + "/_metadata", "1");
    MetadataReader failing =
        in -> {
          throw new IOException("disk on fire\n at some.Trace(Line.java)");
        };
    try (SavepointStore broken =
        HadoopSavepointStore.open(store.root(), Optional.empty(), failing)) {
      assertThatThrownBy(() -> broken.verify(savepoint().path()))
          .isInstanceOf(StorageUnavailable.class)
          .hasMessageContaining(savepoint().path())
          .hasMessageEndingWith("disk on fire");
    }
  }

  @Test
  void stateOnAFileSystemThatHadoopDoesNotKnowIsUnavailable() throws IOException {
    write(
        savepoint().path() + "/_metadata",
        TextMetadata.of(new StateFile("unheard-of://bucket/state", 5, true)));

    assertThatThrownBy(() -> store.verify(savepoint().path()))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining("unheard-of");
  }

  @Test
  void refusesRootsThatCannotBeMeant() {
    for (String root :
        List.of(
            "",
            "savepoints",
            "/savepoints",
            "file:/",
            "hdfs://namenode:9000/",
            "hdfs:x",
            "unheard-of://bucket/x",
            "hdfs:///savepoints")) {
      assertThatIllegalArgumentException()
          .as(root)
          .isThrownBy(() -> open(root))
          .withMessageContaining("storage root '" + root);
    }
  }

  @Test
  void opensWhileTheServerIsAway() throws IOException {
    try (SavepointStore away = open("hdfs://localhost:1/savepoints")) {
      assertThat(away.root()).isEqualTo("hdfs://localhost:1/savepoints");
    }
  }

  @Test
  void unknownHostIsUnavailable() {
    assertThatThrownBy(() -> open("hdfs://no-such-host.invalid:9000/savepoints"))
        .isInstanceOf(StorageUnavailable.class)
        .hasMessageContaining("no-such-host.invalid");
  }
}
