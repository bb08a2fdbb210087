package io.savepointd.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AveragesTest {
  @TempDir private Path directory;
  private Path file;
  private Averages averages;

  @BeforeEach
  void begin() throws IOException {
    file = Files.createFile(directory.resolve("averages"));
    averages = new Averages(file);
  }

  @Test
  void knowsTheNewestAverageOfEachKey() throws IOException {
    print("(1,1000)\n2> (2,2000)\n(1,1001)\n1> (3,-7)\n");

    averages.read();

    assertThat(averages.latest()).isEqualTo(Map.of(1L, 1001L, 2L, 2000L, 3L, -7L));
  }

  @Test
  void passesOverWhatIsNoAverage() throws IOException {
    print("hello\n(1,)\n(1,2,3)\n  (1,5)  \nx (1,9)\n\n");

    averages.read();

    assertThat(averages.latest()).isEqualTo(Map.of(1L, 5L));
  }

  @Test
  void leavesAHalfWrittenLineForTheNextTime() throws IOException {
    print("(1,10)\n(1,1");
    averages.read();
    assertThat(averages.latest()).isEqualTo(Map.of(1L, 10L));

    print("2)\n");
    averages.read();

    assertThat(averages.latest()).isEqualTo(Map.of(1L, 12L));
  }

  @Test
  void readsNothingTwice() throws IOException {
    print("(1,10)\n");
    averages.read();
    averages.mark();

    averages.read();

    assertThat(averages.sinceMark()).isEmpty();
  }

  @Test
  void keepsTheFirstAverageAfterTheMark() throws IOException {
    print("(1,10)\n");
    averages.read();
    averages.mark();
    print("(1,11)\n(1,12)\n(2,5)\n");

    averages.read();

    assertThat(averages.sinceMark()).isEqualTo(Map.of(1L, 11L, 2L, 5L));
    assertThat(averages.latest()).isEqualTo(Map.of(1L, 12L, 2L, 5L));
  }

  private void print(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
