package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageProbeTest extends StorageProbeContract {
  @TempDir private Path world;

  @Override
  String root() {
    return "file:" + world + "/data/root";
  }

  private static Path local(String path) {
    return Path.of(path.substring("file:".length()));
  }

  @Override
  void write(String path, String content) throws IOException {
    Files.createDirectories(local(path).getParent());
    Files.writeString(local(path), content);
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
        tree.put(path.toString(), Files.isRegularFile(path) ? Files.readString(path) : "");
      }
    }
    return tree;
  }

  @Test
  void hasALockFileForALease() throws IOException {
    probe().write();

    assertThat(probe().guard()).isEqualTo(new StorageProbe.Guard.Lock());
  }

  @Test
  void saysThatAFileIsInThePlaceOfTheRoot() throws IOException {
    write(root(), "no directory");

    assertThatThrownBy(() -> probe().reach())
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void refusesWhatIsNoRoot() {
    assertThatThrownBy(
            () -> HadoopStorageProbe.open("here", Optional.empty(), 0, Clock.systemUTC()))
        .isInstanceOf(StorageFault.class)
        .hasMessageContaining("'here'");
  }
}
