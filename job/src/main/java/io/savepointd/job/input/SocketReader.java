package io.savepointd.job.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/**
 * Emits the lines that its {@link SocketLink} receives. All calls come from the task's thread and
 * none of them waits for the network, so that checkpoints and stops are never held up by it.
 */
final class SocketReader implements SourceReader<String, SocketSplit> {
  private static final int MAX_LINES = 1024;
  private static final long MAX_CHARS = 1 << 20;

  private final String host;
  private final int port;
  private final LineBuffer buffer = new LineBuffer(MAX_LINES, MAX_CHARS);
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final List<SocketLink> links = new ArrayList<>();
  private boolean noMoreSplits;

  SocketReader(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void start() {}

  @Override
  public InputStatus pollNext(ReaderOutput<String> output) {
    if (links.isEmpty() && noMoreSplits) {
      return InputStatus.END_OF_INPUT;
    }
    Optional<String> line = buffer.poll();
    line.ifPresent(output::collect);
    return line.isPresent() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public List<SocketSplit> snapshotState(long checkpointId) {
    return links.isEmpty() ? List.of() : List.of(new SocketSplit(buffer.content()));
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return links.isEmpty() ? told : buffer.available();
  }

  @Override
  public void addSplits(List<SocketSplit> splits) {
    for (SocketSplit split : splits) {
      buffer.restore(split.pending());
      if (links.isEmpty()) {
        SocketLink link = new SocketLink(host, port, buffer::put);
        links.add(link);
        link.start();
      }
    }
    told.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    told.complete(null);
  }

  @Override
  public void close() throws IOException {
    buffer.close();
    for (SocketLink link : links) {
      link.close();
    }
  }
}
