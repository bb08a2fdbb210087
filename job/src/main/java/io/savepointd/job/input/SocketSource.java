package io.savepointd.job.input;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Lines of UTF-8 from a TCP server. A socket can't be replayed: lines emitted after the checkpoint
 * a run is restored from are lost; received lines that were not emitted yet are in the checkpoint.
 */
public final class SocketSource implements Source<String, SocketSplit, Optional<SocketSplit>> {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final int port;

  public SocketSource(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<SocketSplit, Optional<SocketSplit>> createEnumerator(
      SplitEnumeratorContext<SocketSplit> context) {
    return new OneSplitEnumerator<>(context, Optional.of(new SocketSplit(List.of())));
  }

  @Override
  public SplitEnumerator<SocketSplit, Optional<SocketSplit>> restoreEnumerator(
      SplitEnumeratorContext<SocketSplit> context, Optional<SocketSplit> checkpoint) {
    return new OneSplitEnumerator<>(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<SocketSplit> getSplitSerializer() {
    return new SocketSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Optional<SocketSplit>> getEnumeratorCheckpointSerializer() {
    return new OptionalSerializer<>(new SocketSplitSerializer());
  }

  @Override
  public SourceReader<String, SocketSplit> createReader(SourceReaderContext context) {
    return new SocketReader(host, port);
  }
}
