package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is left at the end of a bounded sequence, with and without disturbance. */
final class SequenceRunIT extends ClusterIT {
  private static final long KEYS = 7;

  @Test
  void anUndisturbedRunLeavesEveryKeysCountSumAndAverage() throws Exception {
    Path results = results("undisturbed");
    String run = start(arguments(5_000, 0, results));
    awaitState(run, "FINISHED");
    assertThat(linesOf(results)).isEqualTo(expected(5_000));
  }

  @Test
  void aRunKilledAndRestoredManyTimesLeavesTheSame() throws Exception {
    Path results = results("restored");
    List<String> arguments = arguments(12_000, 1_500, results);
    String run = start(arguments);
    for (int kill = 0; kill < 3; kill++) {
      long before = emitted(run);
      awaitEmittedBeyond(run, before);
      String savepoint = savepoint(run);
      // Goes on past the savepoint, so that a restored run has something to repeat.
      awaitEmittedBeyond(run, emitted(run));
      cancel(run);
      assertThat(results.resolve("averages.txt")).doesNotExist();
      run = restore(savepoint, arguments);
    }
    awaitState(run, "FINISHED");
    assertThat(linesOf(results)).isEqualTo(expected(12_000));
  }

  @Test
  void aRunThatLostItsTaskManagerLeavesTheSame() throws Exception {
    Path results = results("crashed");
    String run = start(arguments(8_000, 1_000, results));
    awaitEmittedBeyond(run, 0);
    await().atMost(Duration.ofSeconds(20)).until(() -> completedCheckpoints(run) > 0);
    cluster().replaceTaskManager(0);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> overview(run).path("state").asString().equals("FINISHED"));
    assertThat(
            rest()
                .get("/jobs/" + run + "/checkpoints")
                .body()
                .path("counts")
                .path("restored")
                .asInt())
        .isPositive();
    assertThat(linesOf(results)).isEqualTo(expected(8_000));
  }

  /** One beside it can keep the run from ever ending: see EnvironmentSetup. */
  @Test
  void aStopWithDrainTakesNoCheckpointBesideItsSavepoint() throws Exception {
    String run = start(List.of("--source=sequence", "--rate=100", "--sink=discard"));
    await().atMost(Duration.ofSeconds(20)).until(() -> completedCheckpoints(run) > 0);
    drain(run);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonNode all = rest().get("/jobs/" + run + "/checkpoints").body();
              assertThat(all.path("latest").path("savepoint").path("id").asInt())
                  .isPositive()
                  .isEqualTo(all.path("counts").path("total").asInt());
            });
  }

  /** The older Flink's tests run first and leave a savepoint; the newest restores from it. */
  @Test
  void goesOnFromTheSavepointOfAnOlderFlink() throws Exception {
    Path results = results("handover");
    Path note = Path.of(System.getProperty("handover")).resolve("savepoint.txt");
    List<String> arguments = arguments(4_000, 1_000, results);
    if (VERSION.startsWith("1.")) {
      String run = start(arguments);
      awaitEmittedBeyond(run, 0);
      String savepoint = stop(run);
      Path kept = note.resolveSibling(Path.of(savepoint).getFileName());
      Files.createDirectories(kept);
      for (Path file : filesOf(Path.of(URI.create(savepoint)))) {
        Files.copy(file, kept.resolve(file.getFileName()));
      }
      Files.writeString(note, kept.toUri().toString());
    } else {
      String run = restore(Files.readString(note), arguments);
      awaitState(run, "FINISHED");
      assertThat(linesOf(results)).isEqualTo(expected(4_000));
    }
  }

  private static List<Path> filesOf(Path directory) throws Exception {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static List<String> arguments(long count, long rate, Path results) {
    String common = "--source sequence --sink discard --parallelism 2";
    String own = " --count %d --rate %d --keys %d --results %s";
    return List.of((common + own.formatted(count, rate, KEYS, results.toUri())).split(" "));
  }

  private static List<String> expected(long count) {
    List<String> lines = new ArrayList<>();
    for (long key = 0; key < KEYS; key++) {
      long least = key;
      var of = LongStream.range(0, count).filter(i -> i % KEYS == least).summaryStatistics();
      lines.add(key + " " + of.getCount() + " " + of.getSum() + " " + of.getSum() / of.getCount());
    }
    return lines;
  }

  private int completedCheckpoints(String run) throws Exception {
    return rest()
        .get("/jobs/" + run + "/checkpoints")
        .body()
        .path("counts")
        .path("completed")
        .asInt();
  }

  private void awaitEmittedBeyond(String run, long before) {
    await().atMost(Duration.ofSeconds(20)).until(() -> emitted(run) > before);
  }

  private long emitted(String run) throws Exception {
    String value = metric(run, "sequence", "Source__sequence.numRecordsOut");
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }
}
