package io.savepointd.job.input;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The records (i modulo keys, i) for i from 0 on. The position is in every checkpoint and
 * savepoint, so a restored run repeats and skips nothing.
 */
public final class SequenceSource
    implements Source<Tuple2<Long, Long>, SequenceSplit, Optional<SequenceSplit>> {
  private static final long serialVersionUID = 1L;
  private static final long UNLIMITED = 0;

  private final long end;
  private final Boundedness boundedness;
  private final long rate;
  private final long keys;

  private SequenceSource(long end, Boundedness boundedness, long rate, long keys) {
    this.end = end;
    this.boundedness = boundedness;
    this.rate = rate;
    this.keys = keys;
  }

  /**
   * Makes a sequence.
   *
   * @param count how many records; empty never ends
   * @param rate records a second; empty means as fast as they are taken
   * @param keys at least 1
   */
  public static SequenceSource of(OptionalLong count, OptionalLong rate, long keys) {
    return new SequenceSource(
        count.orElse(Long.MAX_VALUE),
        count.isPresent() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED,
        rate.orElse(UNLIMITED),
        keys);
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public SplitEnumerator<SequenceSplit, Optional<SequenceSplit>> createEnumerator(
      SplitEnumeratorContext<SequenceSplit> context) {
    return new OneSplitEnumerator<>(context, Optional.of(new SequenceSplit(0)));
  }

  @Override
  public SplitEnumerator<SequenceSplit, Optional<SequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<SequenceSplit> context, Optional<SequenceSplit> checkpoint) {
    return new OneSplitEnumerator<>(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<SequenceSplit> getSplitSerializer() {
    return new SequenceSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Optional<SequenceSplit>> getEnumeratorCheckpointSerializer() {
    return new OptionalSerializer<>(new SequenceSplitSerializer());
  }

  @Override
  public SourceReader<Tuple2<Long, Long>, SequenceSplit> createReader(SourceReaderContext context) {
    Pace pace =
        rate == UNLIMITED
            ? new Unthrottled()
            : new SteadyPace(rate, System::nanoTime, new TimerDelay("averaging-sequence-pace"));
    return new SequenceReader(end, keys, pace);
  }
}
