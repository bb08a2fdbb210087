package io.savepointd.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaleCopiesTest {
  @TempDir private Path temporary;
  private Instant now;
  private Path own;

  @BeforeEach
  void makeOwn() throws IOException {
    own = copy("copy-own", Duration.ZERO);
    now = Files.getLastModifiedTime(own).toInstant();
  }

  private Path copy(String name, Duration age) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve(name));
    Files.writeString(directory.resolve("_metadata"), "1");
    return aged(directory, age);
  }

  private Path aged(Path path, Duration age) throws IOException {
    Instant then = Files.getLastModifiedTime(path).toInstant().minus(age);
    Files.setLastModifiedTime(path, FileTime.from(then));
    return path;
  }

  private void sweep() {
    new StaleCopies(own, "copy-", "_metadata").sweep();
  }

  @Test
  void takesAwayWhatIsOlderThanADay() throws IOException {
    Path old = copy("copy-old", Duration.ofHours(25));
    Path empty = aged(Files.createDirectory(temporary.resolve("copy-empty")), Duration.ofDays(9));

    sweep();

    assertThat(old).doesNotExist();
    assertThat(empty).doesNotExist();
    assertThat(own.resolve("_metadata")).exists();
  }

  @Test
  void leavesWhatAnotherProcessMayStillRead() throws IOException {
    Path young = copy("copy-young", Duration.ofHours(23));

    sweep();

    assertThat(young.resolve("_metadata")).exists();
    assertThat(own.resolve("_metadata")).exists();
    assertThat(Files.getLastModifiedTime(own).toInstant()).isEqualTo(now);
  }

  @Test
  void leavesWhatHasAnotherName() throws IOException {
    Path other = copy("other-old", Duration.ofDays(9));

    sweep();

    assertThat(other.resolve("_metadata")).exists();
  }

  @Test
  void followsNoLink() throws IOException {
    Path precious = copy("precious", Duration.ofDays(9));
    Path link = Files.createSymbolicLink(temporary.resolve("copy-link"), precious);

    sweep();

    assertThat(precious.resolve("_metadata")).exists();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void leavesADirectoryThatHoldsMore() throws IOException {
    Path full = copy("copy-full", Duration.ZERO);
    Files.writeString(full.resolve("more"), "1");
    aged(full, Duration.ofDays(9));
    Path file = aged(Files.writeString(temporary.resolve("copy-file"), "1"), Duration.ofDays(9));
    Path old = copy("copy-old", Duration.ofDays(9));

    sweep();

    assertThat(full.resolve("more")).exists();
    assertThat(file).exists();
    assertThat(old).as("others are swept all the same").doesNotExist();
  }

  @Test
  void eachReadSweeps() throws IOException {
    Path old = aged(Files.createTempDirectory("savepointd-metadata-"), Duration.ofDays(2));

    FlinkMetadata.read(new java.io.ByteArrayInputStream(MetadataBytes.of()));

    assertThat(old).doesNotExist();
  }
}
