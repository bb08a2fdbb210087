package io.savepointd.job.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.mocks.MockSplitEnumeratorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OneSplitEnumeratorTest {
  private static final SequenceSplit SPLIT = new SequenceSplit(7);

  private final MockSplitEnumeratorContext<SequenceSplit> context =
      new MockSplitEnumeratorContext<>(2);

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  @Test
  void givesTheSplitToTheFirstReaderAloneAndTellsBothThatThereAreNoMore() {
    var enumerator = new OneSplitEnumerator<>(context, Optional.of(SPLIT));
    assertThat(enumerator.snapshotState(1)).contains(SPLIT);
    register(enumerator, 1);
    register(enumerator, 0);
    assertThat(context.getSplitsAssignmentSequence()).hasSize(1);
    assertThat(context.getSplitsAssignmentSequence().get(0).assignment())
        .containsOnlyKeys(1)
        .containsEntry(1, List.of(SPLIT));
    assertThat(context.hasNoMoreSplits(0)).isTrue();
    assertThat(context.hasNoMoreSplits(1)).isTrue();
    assertThat(enumerator.snapshotState(2)).isEmpty();
  }

  @Test
  void givesASplitThatCameBackToTheNextReader() {
    var enumerator = new OneSplitEnumerator<>(context, Optional.of(SPLIT));
    register(enumerator, 0);
    enumerator.addSplitsBack(List.of(SPLIT), 0);
    assertThat(enumerator.snapshotState(1)).contains(SPLIT);
    register(enumerator, 0);
    assertThat(context.getSplitsAssignmentSequence()).hasSize(2);
    assertThat(enumerator.snapshotState(2)).isEmpty();
  }

  @Test
  void givesNothingWhenAReadersCheckpointHasTheSplit() {
    var enumerator = new OneSplitEnumerator<>(context, Optional.<SequenceSplit>empty());
    register(enumerator, 0);
    assertThat(context.getSplitsAssignmentSequence()).isEmpty();
    assertThat(context.hasNoMoreSplits(0)).isTrue();
  }

  private void register(OneSplitEnumerator<SequenceSplit> enumerator, int subtask) {
    context.registerReader(new ReaderInfo(subtask, "somewhere"));
    enumerator.addReader(subtask);
  }
}
