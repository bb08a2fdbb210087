package io.savepointd.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFlatMap;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // close() of Flink's harness is declared to throw any Exception.
final class CountWindowAverageTest {
  @Test
  void emitsTheRunningAverageFromTheSecondRecordOn() throws Exception {
    try (var harness = harness(Emit.RUNNING)) {
      harness.open();
      feed(harness, 1, 3, 5, 7, 4, 2);
      assertThat(emitted(harness)).containsExactly(of(1, 4), of(1, 5), of(1, 4), of(1, 4));
    }
  }

  @Test
  void clearsAfterEachAverageWhenItResets() throws Exception {
    try (var harness = harness(Emit.RESET)) {
      harness.open();
      feed(harness, 1, 3, 5, 7, 4, 2);
      assertThat(emitted(harness)).containsExactly(of(1, 4), of(1, 5));
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      feed(harness, 1, 2);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void keepsKeysApart() throws Exception {
    try (var harness = harness(Emit.RUNNING)) {
      harness.open();
      feed(harness, 1, 10);
      feed(harness, 2, 20);
      assertThat(emitted(harness)).isEmpty();
      feed(harness, 2, 40);
      assertThat(emitted(harness)).containsExactly(of(2, 30));
    }
  }

  @Test
  void roundsTowardsZero() throws Exception {
    try (var harness = harness(Emit.RUNNING)) {
      harness.open();
      feed(harness, 1, -3, 0);
      assertThat(emitted(harness)).containsExactly(of(1, -1));
    }
  }

  @Test
  void goesOnFromRestoredState() throws Exception {
    OperatorSubtaskState state;
    try (var first = harness(Emit.RUNNING)) {
      first.open();
      feed(first, 1, 3, 5);
      state = first.snapshot(1, 1);
    }
    try (var second = harness(Emit.RUNNING)) {
      second.initializeState(state);
      second.open();
      feed(second, 1, 7);
      assertThat(emitted(second)).containsExactly(of(1, 5));
    }
  }

  @Test
  void namesTheKeyWhoseSumOverflowsInEitherDirection() throws Exception {
    try (var harness = harness(Emit.RUNNING)) {
      harness.open();
      feed(harness, 42, Long.MAX_VALUE);
      feed(harness, -7, Long.MIN_VALUE);
      assertThatThrownBy(() -> feed(harness, 42, 1))
          .isInstanceOf(SumOverflowException.class)
          .hasMessageContaining("The sum of key 42 overflows a long")
          .hasMessageContaining("(of 1 records) plus 1");
      assertThatThrownBy(() -> feed(harness, -7, -1)).hasMessageContaining("key -7");
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<
          Long, Tuple2<Long, Long>, Tuple2<Long, Long>>
      harness(Emit emit) throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new StreamFlatMap<>(new CountWindowAverage(emit)), record -> record.f0, Types.LONG);
  }

  private static void feed(
      KeyedOneInputStreamOperatorTestHarness<Long, Tuple2<Long, Long>, Tuple2<Long, Long>> harness,
      long key,
      long... values)
      throws Exception {
    for (long value : values) {
      harness.processElement(of(key, value), 0);
    }
  }

  private static List<Tuple2<Long, Long>> emitted(
      KeyedOneInputStreamOperatorTestHarness<Long, Tuple2<Long, Long>, Tuple2<Long, Long>>
          harness) {
    return harness.extractOutputValues();
  }

  private static Tuple2<Long, Long> of(long key, long value) {
    return Tuple2.of(key, value);
  }
}
