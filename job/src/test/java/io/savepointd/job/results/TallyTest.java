package io.savepointd.job.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // close() of Flink's harness is declared to throw any Exception.
final class TallyTest {
  @Test
  void saysNothingBeforeBothInputsHaveEnded() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(Tuple2.of(1L, 3L), 0);
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void givesEachKeysCountSumAndLastAverageAtTheEnd() throws Exception {
    try (var harness = harness()) {
      harness.open();
      harness.processElement1(Tuple2.of(1L, 3L), 0);
      harness.processElement1(Tuple2.of(1L, 5L), 0);
      harness.processElement1(Tuple2.of(2L, -8L), 0);
      harness.processElement2(Tuple2.of(1L, 7L), 0);
      harness.processElement2(Tuple2.of(1L, 4L), 0);
      end(harness);
      assertThat(harness.extractOutputValues())
          .containsExactlyInAnyOrder(Tuple2.of(1L, "1 2 8 4"), Tuple2.of(2L, "2 1 -8 -"));
    }
  }

  @Test
  void aRestoredTallyGivesEachKeyOnce() throws Exception {
    OperatorSubtaskState state;
    try (var first = harness()) {
      first.open();
      first.processElement1(Tuple2.of(1L, 3L), 0);
      state = first.snapshot(1, 1);
      // Lost with the run, and sent again to the next.
      first.processElement1(Tuple2.of(1L, 5L), 0);
    }
    try (var second = harness()) {
      second.initializeState(state);
      second.open();
      second.processElement1(Tuple2.of(1L, 5L), 0);
      second.processElement2(Tuple2.of(1L, 4L), 0);
      end(second);
      assertThat(second.extractOutputValues()).containsExactly(Tuple2.of(1L, "1 2 8 4"));
    }
  }

  @Test
  void aTallyRestoredFromBehindItsEndIsSilent() throws Exception {
    OperatorSubtaskState state;
    try (var first = harness()) {
      first.open();
      first.processElement1(Tuple2.of(1L, 3L), 0);
      end(first);
      state = first.snapshot(1, 1);
    }
    try (var second = harness()) {
      second.initializeState(state);
      second.open();
      end(second);
      assertThat(second.extractOutputValues()).isEmpty();
    }
  }

  private static void end(
      KeyedTwoInputStreamOperatorTestHarness<
              Long, Tuple2<Long, Long>, Tuple2<Long, Long>, Tuple2<Long, String>>
          harness)
      throws Exception {
    harness.processWatermark1(Watermark.MAX_WATERMARK);
    harness.processWatermark2(Watermark.MAX_WATERMARK);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          Long, Tuple2<Long, Long>, Tuple2<Long, Long>, Tuple2<Long, String>>
      harness() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new Tally()),
        record -> record.f0,
        average -> average.f0,
        Types.LONG);
  }
}
