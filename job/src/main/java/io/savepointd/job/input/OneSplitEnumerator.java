package io.savepointd.job.input;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/**
 * Gives a source's only split to the first reader that registers, and tells every reader that no
 * more will come. Its checkpoint is the split while no reader has it; after that the reader's is.
 */
final class OneSplitEnumerator<S extends SourceSplit> implements SplitEnumerator<S, Optional<S>> {
  private final SplitEnumeratorContext<S> context;
  private Optional<S> waiting;

  OneSplitEnumerator(SplitEnumeratorContext<S> context, Optional<S> waiting) {
    this.context = context;
    this.waiting = waiting;
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {}

  @Override
  public void addSplitsBack(List<S> splits, int subtask) {
    splits.forEach(split -> waiting = Optional.of(split));
  }

  @Override
  public void addReader(int subtask) {
    waiting.ifPresent(split -> context.assignSplit(split, subtask));
    waiting = Optional.empty();
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public Optional<S> snapshotState(long checkpointId) {
    return waiting;
  }

  @Override
  public void close() {}
}
