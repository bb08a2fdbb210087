package io.savepointd.job.input;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.io.InputStatus;

/** Emits the sequence from its split's position. All calls come from the task's thread. */
final class SequenceReader implements SourceReader<Tuple2<Long, Long>, SequenceSplit> {
  private final long end;
  private final long keys;
  private final Pace pace;
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private boolean assigned;
  private boolean noMoreSplits;
  private long next;

  /**
   * @param end the first number that is not emitted
   */
  SequenceReader(long end, long keys, Pace pace) {
    this.end = end;
    this.keys = keys;
    this.pace = pace;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<Tuple2<Long, Long>> output) {
    if (!assigned) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    if (next >= end) {
      return InputStatus.END_OF_INPUT;
    }
    if (!pace.take()) {
      return InputStatus.NOTHING_AVAILABLE;
    }
    output.collect(Tuple2.of(next % keys, next));
    next++;
    return InputStatus.MORE_AVAILABLE;
  }

  /** A sequence at its end keeps its split, so that a restored run knows that it is at its end. */
  @Override
  public List<SequenceSplit> snapshotState(long checkpointId) {
    return assigned ? List.of(new SequenceSplit(next)) : List.of();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (!assigned) {
      return told;
    }
    return next >= end ? CompletableFuture.completedFuture(null) : pace.available();
  }

  @Override
  public void addSplits(List<SequenceSplit> splits) {
    for (SequenceSplit split : splits) {
      assigned = true;
      next = split.next();
    }
    told.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    told.complete(null);
  }

  @Override
  public void close() {
    pace.close();
  }
}
