package io.savepointd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  @TempDir private Path temp;

  @Test
  void isMadeWhereItIsMissing() throws IOException {
    try (WorkDirectory dir = WorkDirectory.open(temp.resolve("a/b"))) {
      assertThat(dir.log().getParent()).isDirectory();
    }
  }

  @Test
  void aSecondWorldIsRefusedWhileTheFirstLives() throws IOException {
    try (WorkDirectory dir = WorkDirectory.open(temp)) {
      assertThat(dir.hdfs()).isEqualTo(temp.resolve("hdfs"));
      assertThatThrownBy(() -> WorkDirectory.open(temp))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(temp + " is in use by another embedded world");
    }
    try (WorkDirectory again = WorkDirectory.open(temp)) {
      assertThat(again.averages()).isEqualTo(temp.resolve("averages.out"));
    }
  }

  @Test
  void whatIsPrintedCanBeReadAtOnceAlsoUnderTheLogsName() throws IOException {
    try (WorkDirectory dir = WorkDirectory.open(temp);
        PrintStream out = dir.averagesStream()) {
      out.println("(1,1000)");
      assertThat(dir.averages()).hasContent("(1,1000)");
      assertThat(temp.resolve("embedded.out")).hasContent("(1,1000)");
    }
  }

  @Test
  void cleaningRemovesItsOwnFilesAndTheEmptyDirectory() throws IOException {
    Path dir = temp.resolve("world");
    try (WorkDirectory world = WorkDirectory.open(dir)) {
      fill(world);
      world.clean();
      assertThat(dir).doesNotExist();
    }
  }

  @Test
  void cleaningLeavesWhatIsNotItsOwn() throws IOException {
    Path foreign = temp.resolve("notes.txt");
    Files.writeString(foreign, "mine");
    try (WorkDirectory world = WorkDirectory.open(temp)) {
      fill(world);
      world.clean();
    }
    assertThat(temp).isDirectoryContaining(foreign::equals);
    try (var left = Files.list(temp)) {
      assertThat(left).hasSize(1);
    }
  }

  private static void fill(WorkDirectory world) throws IOException {
    Files.createDirectories(world.hdfs().resolve("name/current"));
    Files.writeString(world.hdfs().resolve("name/current/VERSION"), "1");
    Files.writeString(world.log(), "");
    Files.writeString(world.log().resolveSibling("embedded.log.1"), "");
    try (PrintStream out = world.averagesStream()) {
      out.println("(1,1000)");
    }
  }
}
