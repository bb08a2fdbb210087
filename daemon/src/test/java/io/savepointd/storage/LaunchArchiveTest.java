package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.savepointd.model.ClusterName;
import io.savepointd.model.Job;
import io.savepointd.model.JobName;
import io.savepointd.model.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launches and jars on a file system of this machine. */
class LaunchArchiveTest {
  @TempDir private Path dir;
  private HadoopSavepointStore store;
  private LaunchArchive archive;
  private Path jar;

  @BeforeEach
  void open() throws IOException {
    store =
        HadoopSavepointStore.open(
            dir.resolve("root").toUri().toString(), Optional.empty(), new TextMetadata());
    archive = store.launches();
    jar = Files.writeString(dir.resolve("my.jar"), "first");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Job job() {
    return new Job(
        new JobName("averaging"),
        new ClusterName("main"),
        "runs",
        jar,
        Optional.of("org.acme.Main"),
        List.of("--password", "hunter22", "--in", "/x y"),
        OptionalInt.of(3),
        Map.of("state.backend.type", "rocksdb"));
  }

  private Launch launch() throws IOException {
    return Launch.of(job(), DigestingStream.of(Files.readAllBytes(jar)), true);
  }

  private Path kept(String below) {
    return dir.resolve("root/.savepointd").resolve(below);
  }

  @Test
  void givesBackWhatItWasGivenThoughTheFileIsOverwritten() throws Exception {
    Launch launch = launch();
    Job was = job();
    archive.keep(launch, was);
    archive.keep(launch, was);
    Files.writeString(jar, "second");

    Job recalled = archive.recall(launch, was);
    assertThat(recalled).isEqualTo(was.withJar(Path.of("my.jar")));
    LocalJar local = archive.fetch(launch.jarDigest(), recalled.jar().toString());
    assertThat(local.path()).hasContent("first").hasFileName("my.jar");
    local.close();
    assertThat(local.path().getParent()).doesNotExist();
    assertThat(archive.holds(launch)).isTrue();
  }

  @Test
  void aCopyThatCannotBeDeletedIsLeftThere() throws Exception {
    archive.keep(launch(), job());
    LocalJar local = archive.fetch(launch().jarDigest(), "my.jar");
    Path other = Files.writeString(local.path().resolveSibling("other"), "somebody else's");

    local.close();

    assertThat(local.path()).doesNotExist();
    assertThat(other).exists();
    Files.delete(other);
    Files.delete(other.getParent());
  }

  @Test
  void nobodyElseMayReadTheSecretsInIt() throws Exception {
    Launch launch = launch();
    archive.keep(launch, job());

    Path text = kept("launches/" + launch.id().orElseThrow() + ".json");
    assertThat(text).content().contains("hunter22");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(text.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void keepsNothingOfAJarThatIsNotTheAnnouncedOne() throws Exception {
    Launch launch = launch();
    Files.writeString(jar, "changed meanwhile");

    assertThatThrownBy(() -> archive.keep(launch, job()))
        .isInstanceOf(LaunchLost.class)
        .hasMessageContaining("changed");
    assertThat(archive.holds(launch)).isFalse();
    assertThat(kept("jars")).isEmptyDirectory();
  }

  @Test
  void refusesWhatWasDamaged() throws Exception {
    Launch launch = launch();
    archive.keep(launch, job());
    Files.writeString(kept("jars/" + launch.jarDigest() + ".jar"), "rotten");
    Path text = kept("launches/" + launch.id().orElseThrow() + ".json");
    Files.writeString(text, Files.readString(text).replace("/x y", "/y x"));

    assertThatThrownBy(() -> archive.fetch(launch.jarDigest(), "my.jar"))
        .isInstanceOf(LaunchLost.class);
    assertThatThrownBy(() -> archive.recall(launch, job())).isInstanceOf(LaunchLost.class);
    Files.writeString(text, "{");
    assertThatThrownBy(() -> archive.recall(launch, job())).isInstanceOf(LaunchLost.class);
    Files.delete(text);
    assertThatThrownBy(() -> archive.recall(launch, job()))
        .isInstanceOf(LaunchLost.class)
        .hasMessageContaining("there is no");
  }

  @Test
  void provesALaunchThatAnotherVersionHasDigestedOtherwise() throws Exception {
    Launch launch = launch();
    archive.keep(launch, job());
    Path text = kept("launches/" + launch.id().orElseThrow() + ".json");
    String written = Files.readString(text);
    assertThat(written).contains("\"digest\" : \"slow\"");

    for (String other : List.of("", "\"digest\" : \"of some day\",")) {
      Files.writeString(text, written.replace("\"digest\" : \"slow\",", other));
      assertThat(archive.recall(launch, job()).args()).isEqualTo(job().args());
    }
    Files.writeString(text, written.replace("\"slow\"", "\"plain\""));
    assertThatThrownBy(() -> archive.recall(launch, job())).isInstanceOf(LaunchLost.class);
  }

  @Test
  void keepsNoLaunchThatIsTooLongToBeReadBack() throws Exception {
    Launch launch = launch();
    Job was = job();
    Job tooLong =
        new Job(
            was.name(),
            was.cluster(),
            was.runName(),
            was.jar(),
            was.entryClass(),
            List.of("x".repeat(1 << 20)),
            was.parallelism(),
            was.flinkConfiguration());

    assertThatThrownBy(() -> archive.keep(Launch.of(tooLong, launch.jarDigest(), false), tooLong))
        .isInstanceOf(LaunchLost.class)
        .hasMessageContaining("too long to be kept");
    assertThat(kept("launches")).doesNotExist();

    archive.keep(launch, was);
    Path text = kept("launches/" + launch.id().orElseThrow() + ".json");
    Files.writeString(text, Files.readString(text) + " ".repeat(1 << 20));
    assertThatThrownBy(() -> archive.recall(launch, was))
        .isInstanceOf(LaunchLost.class)
        .hasMessageContaining("longer than any launch");
  }

  @Test
  void aDiskThatIsFullHereIsNoTroubleOfTheStorage() throws Exception {
    try (LocalCopy full = LocalCopy.to(Path.of("/dev/full"))) {
      assertThatThrownBy(() -> full.write(1))
          .isInstanceOf(LocalCopy.NotWritten.class)
          .hasMessageContaining("/dev/full can't be written on this machine: No space left");
    }
    assertThatThrownBy(() -> LocalCopy.to(dir.resolve("missing/file")))
        .isInstanceOf(LocalCopy.NotWritten.class);
  }

  @Test
  void deletesWhatNobodyNeedsAndWhatACrashHasLeftButNothingForeign() throws Exception {
    Launch launch = launch();
    archive.keep(launch, job());
    Files.writeString(jar, "second");
    Launch second = launch();
    archive.keep(second, job());
    Files.writeString(kept("jars/.partial-x"), "half");
    Files.writeString(kept("jars/README"), "by hand");

    int deleted =
        archive.deleteAllBut(Set.of(second.id().orElseThrow()), Set.of(second.jarDigest()));

    assertThat(deleted).isEqualTo(3);
    assertThat(archive.holds(launch)).isFalse();
    assertThat(archive.holds(second)).isTrue();
    assertThat(names("jars")).containsExactlyInAnyOrder(second.jarDigest() + ".jar", "README");
    assertThat(archive.all(job())).hasSize(1);
  }

  @Test
  void isNothingForeignUnderTheRootAndNoStateOfAnyJob() throws Exception {
    archive.keep(launch(), job());

    assertThat(store.survey()).isEmpty();
    assertThat(store.anythingUnder(new JobName("averaging"))).isFalse();
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> files = Files.list(kept(directory))) {
      return files
          .map(p -> p.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .toList();
    }
  }
}
