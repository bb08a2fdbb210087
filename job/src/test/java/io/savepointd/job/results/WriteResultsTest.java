package io.savepointd.job.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // close() of Flink's harness is declared to throw any Exception.
final class WriteResultsTest {
  @TempDir private Path directory;

  @Test
  void writesTheLinesInTheOrderOfTheirKeysAtTheEnd() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement(Tuple2.of(10L, "10 1 1 -"), 0);
      harness.processElement(Tuple2.of(-1L, "-1 2 4 2"), 0);
      harness.processElement(Tuple2.of(9L, "9 1 1 -"), 0);
      assertThat(file()).doesNotExist();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(file()).hasContent("-1 2 4 2\n9 1 1 -\n10 1 1 -\n");
      assertThat(harness.extractOutputValues()).hasSize(1);
    }
  }

  @Test
  void writesTheSameWhenItIsRestoredBetweenTheLastLineAndTheEnd() throws Exception {
    OperatorSubtaskState state;
    try (var first = harness()) {
      first.open();
      first.processElement(Tuple2.of(1L, "1 2 4 2"), 0);
      state = first.snapshot(1, 1);
      first.processElement(Tuple2.of(2L, "2 2 4 2"), 0);
      first.processWatermark(Watermark.MAX_WATERMARK);
    }
    try (var second = harness()) {
      second.initializeState(state);
      second.open();
      second.processElement(Tuple2.of(2L, "2 2 4 2"), 0);
      second.processWatermark(Watermark.MAX_WATERMARK);
    }
    assertThat(file()).hasContent("1 2 4 2\n2 2 4 2\n");
  }

  @Test
  void leavesNoPartialFileAndNothingOfAnOlderOne() throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "what a longer, older run left\n".repeat(10));
    try (var harness = harness()) {
      harness.open();
      harness.processElement(Tuple2.of(1L, "1 2 4 2"), 0);
      harness.processWatermark(Watermark.MAX_WATERMARK);
    }
    assertThat(file()).hasContent("1 2 4 2\n");
    try (var files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  private Path file() {
    return directory.resolve("out").resolve("averages.txt");
  }

  private KeyedOneInputStreamOperatorTestHarness<Integer, Tuple2<Long, String>, String> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new WriteResults(directory.resolve("out").toUri().toString())),
        line -> 0,
        Types.INT);
  }
}
