package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No NameNode is asked: an HDFS client alone knows its default port. */
class SpellingTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final Path ROOT = new Path("hdfs://localhost/root");

  private FileSystem fileSystem;
  private Spelling spelling;

  @BeforeEach
  void open() throws IOException {
    Configuration configuration = HadoopSettings.load(Optional.empty());
    configuration.set("fs.defaultFS", "hdfs://localhost:8020");
    fileSystem = FileSystem.newInstance(ROOT.toUri(), configuration);
    spelling = new Spelling(fileSystem, ROOT);
  }

  @AfterEach
  void close() throws IOException {
    fileSystem.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://localhost/root/x",
        "hdfs://localhost:8020/root/x",
        "hdfs://LOCALHOST/root/x",
        "HDFS://localhost:8020/root/x",
        "hdfs:///root/x",
        "/root/x",
      })
  void onePlaceHasOneSpelling(String path) {
    assertThat(spelling.of(new Path(path))).hasToString("hdfs://localhost/root/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs://localhost:9000/root/x",
        "hdfs://elsewhere.invalid/root/x",
        "webhdfs://localhost/root/x",
        "file:/root/x",
      })
  void anotherPlaceStaysAsItIs(String path) {
    assertThat(spelling.of(new Path(path))).hasToString(path);
  }

  @Test
  void storeGivesPathsFromOutsideTheRootsSpelling() throws StorageUnavailable {
    try (SavepointStore store =
        HadoopSavepointStore.open("hdfs://localhost/root", Optional.empty(), new TextMetadata())) {
      assertThat(store.spelled("hdfs://localhost:8020/root/x"))
          .isEqualTo("hdfs://localhost/root/x");
      for (String other :
          List.of("hdfs://localhost:9000/root/x", "file:///root/x", "no path: \0")) {
        assertThat(store.spelled(other)).isEqualTo(other);
      }
    }
  }

  @Test
  void deletionTakesTheDefaultPortAsItIsMeant() {
    Path expected = new Path(ROOT, "averaging/" + ID);
    String inside = "/root/averaging/" + ID + "/savepoint-1";

    assertThatCode(
            () -> {
              StorageRoot.requireIn(expected, "hdfs://localhost" + inside, spelling);
              StorageRoot.requireIn(expected, "hdfs://localhost:8020" + inside, spelling);
            })
        .doesNotThrowAnyException();
    for (String other :
        new String[] {
          inside,
          "hdfs://localhost:8021" + inside,
          "hdfs://elsewhere.invalid" + inside,
          "file:" + inside,
          "hdfs://localhost:8020/root/averaging/" + ID,
          "hdfs://localhost:8020/root/averaging/x/../" + ID + "/savepoint-1",
          "hdfs://localhost:8020/averaging/" + ID + "/savepoint-1",
        }) {
      assertThatIllegalArgumentException()
          .as(other)
          .isThrownBy(() -> StorageRoot.requireIn(expected, other, spelling))
          .withMessageContaining("nothing is deleted");
    }
  }
}
