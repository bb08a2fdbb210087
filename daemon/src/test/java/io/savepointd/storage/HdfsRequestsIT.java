package io.savepointd.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.savepointd.model.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.metrics2.AbstractMetric;
import org.apache.hadoop.metrics2.impl.MetricsCollectorImpl;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many requests a verification costs a real NameNode, by its own count. {@code
 * -Drequests.files=10000} makes the savepoint larger.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsRequestsIT {
  private static final int FILES = Integer.getInteger("requests.files", 1_100);

  /** How many files the NameNode tells of at once, unless told otherwise ({@code dfs.ls.limit}). */
  private static final int PAGE = 1_000;

  private HdfsWorld hdfs;
  private SavepointStore store;
  private String savepoint;
  private List<String> files;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    hdfs = new HdfsWorld(directory);
    store = HadoopSavepointStore.open(hdfs.uri() + "/root", Optional.empty(), new TextMetadata());
    savepoint = store.root() + "/averaging/1/savepoint-1";
    files = IntStream.range(0, FILES).mapToObj(i -> savepoint + "/" + i).toList();
    for (String file : files) {
      hdfs.fileSystem().create(HdfsWorld.path(file)).close();
    }
  }

  @AfterAll
  void stop() {
    store.close();
    hdfs.close();
  }

  private void metadata(String directory, Stream<String> named) throws IOException {
    hdfs.write(
        directory + "/_metadata",
        TextMetadata.of(named.map(f -> new StateFile(f, 0, true)).toArray(StateFile[]::new)));
  }

  private record Asked(long listings, long questions) {}

  private Asked asked(String directory) throws IOException {
    Asked before = asked();
    long begun = System.nanoTime();
    assertThat(store.verify(directory)).isInstanceOf(Verification.Good.class);
    System.out.printf("%s: %d ms%n", directory, (System.nanoTime() - begun) / 1_000_000);
    Asked after = asked();
    return new Asked(after.listings - before.listings, after.questions - before.questions);
  }

  /** Not by JMX, which shows what was up to ten seconds ago. */
  private static Asked asked() {
    MetricsCollectorImpl collector = new MetricsCollectorImpl();
    DefaultMetricsSystem.instance().getSource("NameNodeActivity").getMetrics(collector, true);
    Map<String, Long> counts = new HashMap<>();
    for (AbstractMetric metric : collector.getRecords().get(0).metrics()) {
      counts.put(metric.name(), metric.value().longValue());
    }
    return new Asked(counts.get("GetListingOps"), counts.get("FileInfoOps"));
  }

  @Test
  void ofASavepointItIsOneListing() throws IOException {
    metadata(savepoint, files.stream().map(f -> f.substring(f.lastIndexOf('/') + 1)));

    assertThat(asked(savepoint)).isEqualTo(new Asked(pages(FILES + 1), 0));
  }

  /** As a retained checkpoint does with {@code shared/}. */
  @Test
  void ofFilesElsewhereItIsOneMore() throws IOException {
    String checkpoint = store.root() + "/chk-1";
    metadata(checkpoint, files.stream());

    assertThat(asked(checkpoint)).isEqualTo(new Asked(1 + pages(FILES), 0));
  }

  @Test
  void ofFewFilesElsewhereItIsOneForEach() throws IOException {
    String checkpoint = store.root() + "/chk-2";
    metadata(checkpoint, files.stream().limit(3));

    assertThat(asked(checkpoint)).isEqualTo(new Asked(1, 3));
  }

  private static int pages(int files) {
    return (files + PAGE - 1) / PAGE;
  }
}
