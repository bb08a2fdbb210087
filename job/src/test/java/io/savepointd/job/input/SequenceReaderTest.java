package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.Test;

final class SequenceReaderTest {
  private final CollectedOutput<Tuple2<Long, Long>> output = new CollectedOutput<>();

  @Test
  void spreadsTheNumbersOverTheKeysAndEnds() {
    SequenceReader reader = reader(5, 3);
    reader.addSplits(List.of(new SequenceSplit(0)));
    drain(reader);
    assertThat(output.records()).containsExactly(of(0, 0), of(1, 1), of(2, 2), of(0, 3), of(1, 4));
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void goesOnExactlyWhereItsCheckpointWas() {
    SequenceReader first = reader(5, 10);
    first.addSplits(List.of(new SequenceSplit(0)));
    first.pollNext(output);
    first.pollNext(output);
    List<SequenceSplit> checkpoint = first.snapshotState(1);
    first.pollNext(output);
    assertThat(checkpoint).containsExactly(new SequenceSplit(2));

    output.records().clear();
    SequenceReader second = reader(5, 10);
    second.addSplits(checkpoint);
    drain(second);
    assertThat(output.records()).containsExactly(of(2, 2), of(3, 3), of(4, 4));
  }

  @Test
  void aReaderRestoredAtTheEndEndsAtOnce() {
    SequenceReader first = reader(1, 1);
    first.addSplits(List.of(new SequenceSplit(0)));
    drain(first);
    SequenceReader second = reader(1, 1);
    second.addSplits(first.snapshotState(1));
    assertThat(second.isAvailable()).isDone();
    assertThat(second.pollNext(new CollectedOutput<>())).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void waitsForItsSplit() {
    SequenceReader reader = reader(5, 1);
    var available = reader.isAvailable();
    assertThat(available).isNotDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    assertThat(reader.snapshotState(1)).isEmpty();
    reader.addSplits(List.of(new SequenceSplit(0)));
    assertThat(available).isDone();
  }

  @Test
  void aReaderThatGetsNoSplitEnds() {
    SequenceReader reader = reader(5, 1);
    var available = reader.isAvailable();
    reader.notifyNoMoreSplits();
    assertThat(available).isDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void yieldsBetweenRecordsAtARate() throws Exception {
    SteppedTime time = new SteppedTime();
    SequenceReader reader = new SequenceReader(5, 1, new SteadyPace(1, time, time));
    reader.addSplits(List.of(new SequenceSplit(0)));
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    var available = reader.isAvailable();
    time.passes(Duration.ofSeconds(1));
    assertThat(available).isDone();
    assertThat(reader.pollNext(output)).isEqualTo(InputStatus.MORE_AVAILABLE);
    reader.close();
    assertThat(time.isClosed()).isTrue();
  }

  private void drain(SequenceReader reader) {
    while (reader.pollNext(output) == InputStatus.MORE_AVAILABLE) {
      assertThat(output.records()).hasSizeLessThan(100);
    }
  }

  private static SequenceReader reader(long end, long keys) {
    return new SequenceReader(end, keys, new Unthrottled());
  }

  private static Tuple2<Long, Long> of(long key, long value) {
    return Tuple2.of(key, value);
  }
}
