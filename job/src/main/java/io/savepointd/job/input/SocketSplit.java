package io.savepointd.job.input;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * The connection. Host and port are the arguments' and not kept in it, so that a restored run may
 * read from elsewhere.
 *
 * @param pending lines that had been received but not emitted yet
 */
record SocketSplit(List<String> pending) implements SourceSplit {
  SocketSplit {
    pending = List.copyOf(pending);
  }

  @Override
  public String splitId() {
    return "socket";
  }
}
